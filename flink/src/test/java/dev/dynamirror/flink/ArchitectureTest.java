package dev.dynamirror.flink;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;

/** Which package of this module uses what, and what its users see. */
@AnalyzeClasses(packages = "dev.dynamirror.flink", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule THE_SINK_KNOWS_NOTHING_OF_WHAT_IS_BUILT_ON_IT = noClasses()
            .that()
            .resideInAPackage("dev.dynamirror.flink.sink..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.dynamirror.flink..")
                    .and(not(resideInAnyPackage(
                            "dev.dynamirror.flink.sink..",
                            "dev.dynamirror.flink.source..",
                            "dev.dynamirror.flink.failure..",
                            "dev.dynamirror.flink.type.."))));

    @ArchTest
    static final ArchRule THE_SOURCE_KNOWS_TYPES_AND_FAILURES = noClasses()
            .that()
            .resideInAPackage("dev.dynamirror.flink.source..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.dynamirror.flink..")
                    .and(not(resideInAnyPackage(
                            "dev.dynamirror.flink.source..",
                            "dev.dynamirror.flink.failure..",
                            "dev.dynamirror.flink.type.."))));

    @ArchTest
    static final ArchRule TYPES_KNOW_NOTHING_ELSE = noClasses()
            .that()
            .resideInAPackage("dev.dynamirror.flink.type..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.dynamirror.flink..")
                    .and(not(resideInAPackage("dev.dynamirror.flink.type.."))));

    @ArchTest
    static final ArchRule FUNCTIONS_KNOW_TYPES = noClasses()
            .that()
            .resideInAPackage("dev.dynamirror.flink.function..")
            .should()
            .dependOnClassesThat(resideInAPackage("dev.dynamirror.flink..")
                    .and(not(resideInAnyPackage("dev.dynamirror.flink.function..", "dev.dynamirror.flink.type.."))));

    @ArchTest
    static final ArchRule INPUT_KNOWS_NOTHING_OF_THE_SINK = noClasses()
            .that()
            .resideInAPackage("dev.dynamirror.flink.input..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.dynamirror.flink.sink..")
            .allowEmptyShould(true);

    /** So that all else is read without its jar, whose classes a mere look at such a signature would load. */
    @ArchTest
    static final ArchRule ONLY_ITS_READER_KNOWS_PARQUET = noClasses()
            .that()
            .haveSimpleNameNotStartingWith("ParquetRowReader")
            .and()
            .doNotHaveSimpleName("FlinkBytes")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.dynamirror.parquet..");

    @ArchTest
    static final ArchRule DYNAMODB_IS_SPOKEN_TO_IN_CORE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("software.amazon.awssdk..", "dev.dynamirror.local..", "dev.dynamirror.testkit..");

    @ArchTest
    static final ArchRule NOTHING_IS_PRINTED = GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

    @ArchTest
    static final ArchRule EXCEPTIONS_SAY_WHAT_THEY_ARE = GeneralCodingRules.NO_CLASSES_SHOULD_THROW_GENERIC_EXCEPTIONS;

    @ArchTest
    static final ArchRule LOGGING_IS_SLF4J = GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    /** What is public beside this is public by mistake. The functions and the factories are public for Flink. */
    @ArchTest
    static void fewTypesArePublic(JavaClasses classes) {
        assertThat(classes.stream()
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(JavaClass::getName))
                .containsExactlyInAnyOrder(
                        "dev.dynamirror.flink.Live",
                        "dev.dynamirror.flink.function.PointerFromText",
                        "dev.dynamirror.flink.function.PointerOf",
                        "dev.dynamirror.flink.input.LiveRows",
                        "dev.dynamirror.flink.input.Markdown",
                        "dev.dynamirror.flink.input.FileInput",
                        "dev.dynamirror.flink.input.FileInput$FirstLook",
                        "dev.dynamirror.flink.input.FileFormat",
                        "dev.dynamirror.flink.sink.AbsentKeysTableFactory",
                        "dev.dynamirror.flink.sink.BadRowFolder",
                        "dev.dynamirror.flink.sink.FollowingTableFactory",
                        "dev.dynamirror.flink.sink.KeyAbsent",
                        "dev.dynamirror.flink.sink.KeyPresent",
                        "dev.dynamirror.flink.sink.MirrorOptions",
                        "dev.dynamirror.flink.sink.MirrorPlan",
                        "dev.dynamirror.flink.sink.MirrorTableFactory",
                        "dev.dynamirror.flink.sink.OrderedMirror",
                        "dev.dynamirror.flink.sink.VerificationAccumulator",
                        "dev.dynamirror.flink.sink.VerifyTableFactory",
                        "dev.dynamirror.flink.failure.Unrecoverable",
                        "dev.dynamirror.flink.source.DynamoDbTableSource",
                        "dev.dynamirror.flink.type.DurationSerializer",
                        "dev.dynamirror.flink.type.DurationSerializer$Snapshot",
                        "dev.dynamirror.flink.type.FlinkRows",
                        "dev.dynamirror.flink.type.FlinkValues",
                        "dev.dynamirror.flink.type.FlinkValues$Reader",
                        "dev.dynamirror.flink.type.FlinkValues$Writer",
                        "dev.dynamirror.flink.type.JsonRows",
                        "dev.dynamirror.flink.type.JsonLineWriter",
                        "dev.dynamirror.flink.type.JsonSerializer",
                        "dev.dynamirror.flink.type.JsonSerializer$Snapshot",
                        "dev.dynamirror.flink.type.LiveTypes",
                        "dev.dynamirror.flink.type.ObjectWrapperSerializer",
                        "dev.dynamirror.flink.type.ObjectWrapperSerializer$Snapshot",
                        "dev.dynamirror.flink.type.PointerSerializer",
                        "dev.dynamirror.flink.type.PointerSerializer$Snapshot");
    }
}
