package dev.dynamirror;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.dynamirror.mirror.Mirror;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The walls of core: what each package may use, what others may see, and what nobody does. */
final class ArchitectureTest {

    private static final JavaClasses CORE = new ClassFileImporter()
            .importUrl(Mirror.class.getProtectionDomain().getCodeSource().getLocation());

    /** Of core's own packages, each may use itself and these. */
    private static final Map<String, List<String>> MAY_USE = Map.ofEntries(
            entry("error", List.of()),
            entry("http", List.of("error")),
            entry("value", List.of("error")),
            entry("object", List.of("error")),
            entry("item", List.of("error", "value", "object")),
            entry("table", List.of("error", "item", "client")),
            entry("client", List.of("error")),
            entry("write", List.of("error", "http", "item", "table", "client")),
            entry("read", List.of("error", "value", "item", "table", "client")),
            entry("reconcile", List.of("error", "item", "table", "client", "read")),
            entry("mirror", List.of("error", "value", "item", "table", "client", "write", "read", "reconcile")));

    /** What other modules may use; a type that is not on this list is package-private. */
    private static final List<String> PUBLIC = List.of(
            "client.Connection",
            "client.ConnectionSettings",
            "client.RenewableCredentials",
            "client.SdkErrors",
            "error.MirrorException",
            "http.HttpReply",
            "http.HttpSender",
            "http.HttpSettings",
            "http.NotSentException",
            "item.AttributeJson",
            "item.AttributeWriter",
            "item.BadRowException",
            "item.CanonicalValues",
            "item.Change",
            "item.ChangeForm",
            "item.IllegalValueException",
            "item.Datetimes",
            "item.ItemDecoder",
            "item.ItemSize",
            "item.Key",
            "item.KeyAttribute",
            "item.JavaValues",
            "item.KeyType",
            "item.MapRowEncoder",
            "item.MirrorVersions",
            "item.OwnAttributes",
            "item.RowEncoder",
            "item.Tombstones",
            "item.UnstorableNumbers",
            "item.Versioning",
            "mirror.DynamoDb",
            "mirror.Mirror",
            "mirror.MergeDeletes",
            "mirror.MirrorSettings",
            "mirror.OnBadRow",
            "mirror.OrderSettings",
            "mirror.Ordering",
            "mirror.ReadRow",
            "mirror.ReadSettings",
            "mirror.ReconcileSettings",
            "mirror.RowPage",
            "mirror.RowPages",
            "mirror.RowSettings",
            "mirror.TableReader",
            "mirror.Transport",
            "mirror.VersionedDeletes",
            "mirror.WriteMode",
            "mirror.WriteSettings",
            "read.ItemJson",
            "read.ItemPage",
            "read.ItemPosition",
            "read.ItemReader",
            "read.ItemSelection",
            "read.KeyValue",
            "read.ReadConsistency",
            "read.SchemaGuess",
            "read.SortCondition",
            "read.TableScan",
            "reconcile.Checksum",
            "reconcile.ComparedAttributes",
            "reconcile.Content",
            "reconcile.Difference",
            "reconcile.DifferenceTotals",
            "reconcile.FoundItem",
            "reconcile.FoundItems",
            "reconcile.FoundPage",
            "reconcile.ItemComparison",
            "reconcile.MaxDeletes",
            "reconcile.SortableKey",
            "reconcile.UnexpectedItems",
            "reconcile.Verification",
            "table.BillingMode",
            "table.CapacitySettings",
            "table.DeletionProtection",
            "table.GlobalIndex",
            "table.InitMode",
            "table.Preparation",
            "table.Replacement",
            "table.StreamView",
            "table.TableClass",
            "table.TablePreparer",
            "table.TableSettings",
            "table.TableSpec",
            "table.TableSummary",
            "object.AllowedClasses",
            "value.Column",
            "value.DecimalType",
            "value.DocumentType",
            "value.DoubleNdArray",
            "value.Json",
            "value.ListType",
            "value.LiveType",
            "value.LiveTypeVisitor",
            "value.LongNdArray",
            "value.MapType",
            "value.MixedType",
            "value.NdArray",
            "value.NdArrayType",
            "value.OptionalType",
            "object.ObjectWrapper",
            "value.Pointer",
            "value.ScalarType",
            "value.Schema",
            "value.Tuple",
            "value.TupleType",
            "write.BatchReply",
            "write.BatchTransport",
            "write.MirrorWriter",
            "write.WriterListener",
            "write.WriterLoop",
            "write.WriterSettings",
            "write.WriterStatistics");

    @Test
    void theClassesAreThere() {
        assertThat(CORE.contain(Mirror.class)).isTrue();
    }

    @Test
    void everyPackageUsesOnlyThoseBelowIt() {
        MAY_USE.forEach((name, others) -> {
            String[] allowed = Stream.concat(Stream.of(name), others.stream())
                    .map(other -> "dev.dynamirror." + other)
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("dev.dynamirror." + name)
                    .should()
                    .dependOnClassesThat(describe(
                            "are in dev.dynamirror but not in " + List.of(allowed),
                            used -> used.getPackageName().startsWith("dev.dynamirror")
                                    && !resideInAnyPackage(allowed).test(used)))
                    .check(CORE);
        });
    }

    @Test
    void everyPackageIsInTheList() {
        assertThat(CORE.stream().map(JavaClass::getPackageName).distinct())
                .containsExactlyInAnyOrderElementsOf(MAY_USE.keySet().stream()
                        .map(name -> "dev.dynamirror." + name)
                        .toList());
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.dynamirror.(*)..").should().beFreeOfCycles().check(CORE);
    }

    @Test
    void coreKnowsTheSdkAndNoEngine() {
        classes()
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        "dev.dynamirror..",
                        "com.esotericsoftware.kryo.kryo5..",
                        "software.amazon.awssdk..",
                        "com.dynatrace.hash4j..",
                        "io.netty..",
                        "javax.net.ssl",
                        "org.slf4j",
                        "org.reactivestreams",
                        "org.jspecify.annotations"))
                .check(CORE);
    }

    @Test
    void onlyTheTypesOfTheListArePublic() {
        assertThat(CORE.stream()
                        .filter(JavaClass::isTopLevelClass)
                        .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                        .map(type -> type.getName().substring("dev.dynamirror.".length())))
                .containsExactlyInAnyOrderElementsOf(PUBLIC);
    }

    @Test
    void nobodyPrints() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CORE);
        GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING.check(CORE);
    }

    @Test
    void nobodySleepsOrReadsTheClock() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(CORE);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(CORE);
        noClasses().should().callMethod(Instant.class, "now").check(CORE);
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.dynamirror.mirror.LockLoop")
                .should()
                .callMethod(System.class, "nanoTime")
                .check(CORE);
    }
}
