package dev.etalon.core.run;

/** Racers are sent off one after the other, and nothing is held back; whether connections are warm, the plan says. */
final class Burst implements Aligner {
    @Override
    public void race(Volley volley) {
        volley.order().forEach(volley::send);
    }
}
