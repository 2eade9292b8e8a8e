package dev.etalon.targets.mutant;

import dev.etalon.core.model.Method;
import dev.etalon.core.plan.NameForm;
import dev.etalon.core.plan.RequestShape;
import dev.etalon.targets.reference.Faithful;
import dev.etalon.targets.reference.Manner;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
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
    private static Mutant of(Supplier<Faithful> server) {
        Faithful one = server.get();
        String name = one.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-")
                .toLowerCase(Locale.ROOT);
        return new Mutant(name, one.getClass().getAnnotation(Defect.class), one.manner(), server);
    }

    /** One of several of a kind. */
    private static Mutant of(Supplier<Faithful> server, String which) {
        Mutant mutant = of(server);
        return new Mutant(mutant.name + "-" + which, mutant.defect, mutant.manner, mutant.server);
    }

    /** What may be named first. */
    public List<String> names() {
        return List.of(defect.caughtBy());
    }

    /** All of them. */
    public static List<Mutant> all() {
        Stream<Mutant> ofShapes = EnumSet.complementOf(EnumSet.of(RequestShape.PLAIN)).stream()
                .map(shape -> of(() -> new IgnoresConditionsOfShape(shape), shape.label()));
        Stream<Mutant> inShapes = EnumSet.complementOf(EnumSet.of(RequestShape.PLAIN)).stream()
                .filter(RequestShape::raced)
                .map(shape -> of(() -> new ChecksThenActsInShape(shape), shape.label()));
        Stream<Mutant> ofNames = EnumSet.complementOf(EnumSet.of(NameForm.FLAT)).stream()
                .map(form -> of(() -> new IgnoresConditionsOfNames(form), form.label()));
        Stream<Mutant> ofWays = Arrays.stream(IgnoresConditionsOfWay.Way.values())
                .map(way -> of(() -> new IgnoresConditionsOfWay(way), way.label()));
        Stream<Mutant> several = Stream.of(
                of(() -> new ReadsBehindByWay(Method.GET_RANGE), "range"),
                of(() -> new ReadsBehindByWay(Method.HEAD), "head"),
                of(() -> new ChecksThenActs(0), "0us"),
                of(() -> new ChecksThenActs(10), "10us"),
                of(() -> new ChecksThenActs(100), "100us"),
                of(() -> new ChecksThenActs(1000), "1000us"),
                of(() -> new AnswersLosersWith(409), "409"),
                of(() -> new AnswersLosersWith(500), "500"));
        Stream<Mutant> single = Stream.<Supplier<Faithful>>of(
                        ChecksAtHeaders::new,
                        CreatesWithoutLock::new,
                        SharesLockAmongWriters::new,
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
                        SendsWhatIsKnown::new,
                        TellsFormerTagIn304::new,
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
                        DemandsConditionWith412::new,
                        RefusesCrowds::new,
                        RefusesButApplies::new,
                        DeletesWhatItRefuses::new,
                        ReadsBehind::new,
                        ReadsBehindLater::new,
                        ForgetsOnRestart::new,
                        RestoresOldVersions::new,
                        ResurrectsDeleted::new,
                        DeletesWithoutLock::new,
                        HidesBeforeDeleting::new,
                        AnswersPutWith304::new,
                        ConfusesStaleWithAbsent::new,
                        AnswersStaleWith404::new,
                        ChecksUploadWhenBegun::new,
                        CompletesWithoutLock::new,
                        CopiesWithoutLock::new,
                        DeletesObjectsWithoutLock::new,
                        DeletesObjectsWhateverTheirTags::new,
                        SwapsCopyConditions::new,
                        IgnoresCopyConditions::new,
                        TakesMarkerForObject::new,
                        MatchesThroughMarker::new,
                        MatchesAnyVersion::new,
                        DropsPresignedConditions::new,
                        StumblesOnEmptyElements::new,
                        KnowsOnlyItsOwnTags::new,
                        EvaluatesConditionsFirst::new,
                        AnswersConflict::new,
                        ComparesDateWithNow::new,
                        DatesAhead::new,
                        TidiesContent::new,
                        TrustsDatesOfThisSecond::new,
                        PatchesInPieces::new,
                        IgnoresConditionsOnPatch::new,
                        AcceptsCurtailedUrls::new,
                        IgnoresConditionsOfCopiedParts::new,
                        IgnoresConditionsOfPartReads::new,
                        IgnoresConditionsWhileSuspended::new,
                        HushesRefusalsWhenQuiet::new,
                        IgnoresDateOfDelete::new,
                        MissesWhatIsToBeDeleted::new,
                        AbortsUploadsOfAnyAge::new,
                        RenamesOverAnything::new,
                        HeedsOnlySignedConditions::new,
                        TellsTagsToWhoMayNotRead::new,
                        IgnoresConditionKeys::new,
                        GivesBareTags::new,
                        TellsAnotherTagOnComplete::new,
                        SaysNothingOfLateRefusals::new)
                .map(Mutant::of);
        return Stream.of(several, single, ofShapes, inShapes, ofNames, ofWays)
                .flatMap(mutants -> mutants)
                .toList();
    }
}
