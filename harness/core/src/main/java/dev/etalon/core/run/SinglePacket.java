package dev.etalon.core.run;

/**
 * After James Kettle's single-packet attack (PortSwigger 2023): all racers' final HTTP/2 frames are lined up behind one
 * connection and leave in one write.
 */
final class SinglePacket implements Aligner {
    @Override
    public void race(Volley volley) throws InterruptedException {
        volley.sendThrough(Gate::socket);
        volley.awaitArrivals();
        volley.stage();
        volley.openTogether();
    }
}
