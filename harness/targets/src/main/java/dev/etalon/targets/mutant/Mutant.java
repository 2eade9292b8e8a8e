package dev.etalon.targets.mutant;

import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A server that is wrong in one way.
 *
 * @param name lower case, words joined by hyphens; unique
 * @param defect what is wrong with it
 * @param manner the dialect it speaks
 * @param server makes one
 */
public record Mutant(String name, Defect defect, Manner manner, Supplier<Faithful> server) {
    /** The moments between check and act that are told apart, in microseconds. */
    private static final long[] WINDOWS_US = {0, 10, 100, 1000};

    private static Mutant of(Supplier<Faithful> server) {
        Faithful one = server.get();
        String name = one.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
        return new Mutant(name, one.getClass().getAnnotation(Defect.class), one.manner(), server);
    }

    private static Mutant checksThenActs(long windowUs) {
        Mutant mutant = of(() -> new ChecksThenActs(windowUs));
        return new Mutant(mutant.name + "-" + windowUs + "us", mutant.defect, mutant.manner, mutant.server);
    }

    /** All of them. */
    public static List<Mutant> all() {
        return Stream.concat(
                        LongStream.of(WINDOWS_US).mapToObj(Mutant::checksThenActs),
                        Stream.<Supplier<Faithful>>of(
                                        ChecksAtHeaders::new,
                                        CreatesWithoutLock::new,
                                        LocksPerVersion::new,
                                        LocksPerNode::new,
                                        AcceptsSuperseded::new,
                                        AppliesLate::new,
                                        LetsThroughNowAndThen::new,
                                        FailsNowAndThen::new,
                                        IgnoresIfMatch::new,
                                        IgnoresIfNoneMatch::new,
                                        IgnoresConditionsOnDelete::new,
                                        IgnoresIfUnmodifiedSince::new,
                                        IgnoresIfMatchOnRead::new,
                                        CreatesOnIfMatch::new,
                                        ComparesWeaklyForIfMatch::new,
                                        ComparesStronglyForIfNoneMatch::new,
                                        EvaluatesIfNoneMatchFirst::new,
                                        HeedsDateBesideTag::new,
                                        NeverMatchesQuotedTags::new,
                                        TagsByTimeAndSize::new,
                                        ReusesTags::new,
                                        TellsAnotherTagOnPut::new,
                                        MixesTagAndBody::new,
                                        TearsBodies::new,
                                        ServesOtherKeys::new,
                                        RefusesNowAndThen::new,
                                        RefusesCrowds::new,
                                        RefusesButApplies::new,
                                        DeletesWhatItRefuses::new,
                                        ReadsBehindOnOneNode::new,
                                        ReadsBehindTheSecondTime::new,
                                        ForgetsOnRestart::new,
                                        RestoresOldVersions::new,
                                        ResurrectsDeleted::new,
                                        DeletesWithoutLock::new,
                                        HidesBeforeDeleting::new,
                                        AnswersLosersWith409::new,
                                        AnswersLosersWith500::new,
                                        AnswersPutWith304::new,
                                        ConfusesStaleWithAbsent::new,
                                        ChecksUploadWhenBegun::new,
                                        DeletesObjectsWhateverTheirTags::new,
                                        SwapsCopyConditions::new,
                                        IgnoresCopyConditions::new,
                                        TakesMarkerForObject::new,
                                        MatchesThroughMarker::new,
                                        MatchesAnyVersion::new,
                                        DropsPresignedConditions::new)
                                .map(Mutant::of))
                .toList();
    }
}
