package dev.migrator.sample.deploy;

import static dev.migrator.sample.deploy.ComposeFile.map;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import dev.migrator.run.ExitCode;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1EnvVar;
import io.kubernetes.client.openapi.models.V1Job;
import io.kubernetes.client.openapi.models.V1PersistentVolumeClaim;
import io.kubernetes.client.openapi.models.V1PodFailurePolicyOnExitCodesRequirement;
import io.kubernetes.client.openapi.models.V1PodFailurePolicyRule;
import io.kubernetes.client.openapi.models.V1PodSecurityContext;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1Probe;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.openapi.models.V1SecretKeySelector;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1Volume;
import io.kubernetes.client.openapi.models.V1VolumeMount;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The manifests, read with the classes that are generated from Kubernetes' own description of its API. */
class KubernetesTest {

    private static final Gson GSON = new GsonBuilder()
            .registerTypeAdapter(OffsetDateTime.class, (JsonDeserializer<OffsetDateTime>)
                    (json, type, context) -> OffsetDateTime.parse(json.getAsString()))
            .create();

    private final DeployFolder deploy = DeployFolder.find();
    private final V1Deployment deployment = read("at-start/deployment.yaml", V1Deployment.class);
    private final V1PodSpec pods = deployment.getSpec().getTemplate().getSpec();
    private final V1Container bookshop = pods.getContainers().get(0);
    private final V1Job job = read("with-job/job.yaml", V1Job.class);
    private final V1PodSpec jobPod = job.getSpec().getTemplate().getSpec();

    @Test
    void theyHoldNothingThatKubernetesDoesNotKnow() {
        read("at-start/service.yaml", V1Service.class);
        read("at-start/backups.yaml", V1PersistentVolumeClaim.class);
        read("with-job/backups-patch.yaml", V1PersistentVolumeClaim.class);
        read("secret.example.yaml", V1Secret.class);

        JsonElement misspelt = GSON.toJsonTree(Map.of("metadata", Map.of(), "spek", Map.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> V1Deployment.validateJsonElement(misspelt))
                .withMessageContaining("spek");
    }

    @ParameterizedTest
    @ValueSource(strings = {"at-start", "with-job"})
    void eachVariantListsItsFiles(String variant) {
        Map<String, Object> kustomization = deploy.yaml("kubernetes/" + variant + "/kustomization.yaml");
        assertThat(kustomization.keySet()).isSubsetOf("apiVersion", "kind", "resources", "images", "patches");
        Path folder = deploy.file("kubernetes/" + variant);
        List<?> resources = (List<?>) kustomization.get("resources");
        List<?> patches = (List<?>) kustomization.getOrDefault("patches", List.of());
        assertThat(deploy.files())
                .filteredOn(file -> file.startsWith(folder) && !file.endsWith("kustomization.yaml"))
                .allSatisfy(file -> {
                    String name = file.getFileName().toString();
                    assertThat(resources.contains(name) || patches.contains(Map.of("path", name)))
                            .as(name)
                            .isTrue();
                });
        assertThat(resources).allSatisfy(file -> assertThat(folder.resolve(String.valueOf(file)))
                .exists());
    }

    /** Paths that Boot has for them; a migration that takes long is alive and not ready. */
    @Test
    void theStartIsProbedAtLivenessAndTheTrafficAtReadiness() {
        assertThat(path(bookshop.getStartupProbe())).isEqualTo("/actuator/health/liveness");
        assertThat(path(bookshop.getLivenessProbe())).isEqualTo("/actuator/health/liveness");
        assertThat(path(bookshop.getReadinessProbe())).isEqualTo("/actuator/health/readiness");
        assertThat(bookshop.getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getName()).isEqualTo("http");
            assertThat(port.getContainerPort()).isEqualTo(8080);
        });
    }

    @Test
    void aMigrationThatIsStoppedHasTheTimeThatItNeeds() {
        assertThat(List.of(pods, jobPod)).allSatisfy(pod -> assertThat(pod.getTerminationGracePeriodSeconds())
                .isGreaterThan(20));
        assertThat(job.getSpec().getActiveDeadlineSeconds())
                .as("a limit that would kill a long migration")
                .isNull();
    }

    @Test
    void noPodRunsAsRootOrWritesElsewhereThanToItsVolumes() {
        String user = Dockerfile.parse(deploy.lines("Dockerfile"))
                .lastStage()
                .all("USER")
                .get(0)
                .arguments();
        assertThat(List.of(pods, jobPod)).allSatisfy(pod -> {
            V1PodSecurityContext security = pod.getSecurityContext();
            assertThat(security.getRunAsNonRoot()).isTrue();
            assertThat(security.getRunAsUser() + ":" + security.getRunAsGroup()).isEqualTo(user);
            assertThat(security.getFsGroup()).as("of the backups' volume").isEqualTo(security.getRunAsGroup());
            assertThat(pod.getContainers()).singleElement().satisfies(container -> {
                V1SecurityContext own = container.getSecurityContext();
                assertThat(own.getReadOnlyRootFilesystem()).isTrue();
                assertThat(own.getAllowPrivilegeEscalation()).isFalse();
                assertThat(own.getCapabilities().getDrop()).containsExactly("ALL");
                assertThat(container.getVolumeMounts())
                        .extracting(V1VolumeMount::getMountPath)
                        .containsExactly("/tmp", "/backups");
                assertThat(container.getVolumeMounts())
                        .extracting(V1VolumeMount::getName)
                        .containsExactlyElementsOf(
                                pod.getVolumes().stream().map(V1Volume::getName).toList());
                assertThat(container.getResources().getLimits()).containsKey("memory");
            });
        });
    }

    @Test
    void thePasswordIsInTheSecretAndTheSecretIsInNoVariant() {
        for (V1PodSpec pod : List.of(pods, jobPod)) {
            List<V1EnvVar> environment = pod.getContainers().get(0).getEnv();
            assertThat(environment).extracting(V1EnvVar::getName).allSatisfy(StarterProperties::assertKnown);
            assertThat(environment)
                    .filteredOn(variable -> variable.getName().endsWith("PASSWORD"))
                    .singleElement()
                    .satisfies(variable -> {
                        assertThat(variable.getValue()).isNull();
                        V1SecretKeySelector source = variable.getValueFrom().getSecretKeyRef();
                        assertThat(map(deploy.yaml("kubernetes/secret.example.yaml"), "stringData"))
                                .containsKey(source.getKey());
                        assertThat(source.getName()).isEqualTo("bookshop-database");
                    });
        }
        assertThat(map(deploy.yaml("kubernetes/secret.example.yaml"), "stringData"))
                .containsEntry("password", "REPLACE_ME");
        for (String variant : List.of("at-start", "with-job")) {
            assertThat(deploy.lines("kubernetes/" + variant + "/kustomization.yaml"))
                    .noneMatch(line -> line.contains("secret"));
        }
    }

    @Test
    void theJobRunsTheCommandAndTriesAgainOnlyWhatMaySucceedThen() {
        assertThat(jobPod.getContainers().get(0).getArgs()).containsExactly("migrations", "migrate");
        assertThat(jobPod.getRestartPolicy()).isEqualTo("Never");
        V1PodFailurePolicyRule rule =
                job.getSpec().getPodFailurePolicy().getRules().get(0);
        assertThat(rule.getAction()).isEqualTo("FailJob");
        V1PodFailurePolicyOnExitCodesRequirement codes = rule.getOnExitCodes();
        assertThat(codes.getContainerName())
                .isEqualTo(jobPod.getContainers().get(0).getName());
        assertThat(codes.getOperator()).isEqualTo("In");
        Set<Integer> again =
                Set.of(ExitCode.DONE.value(), ExitCode.LOCK_TIMEOUT.value(), ExitCode.DATABASE_UNREACHABLE.value());
        assertThat(codes.getValues()).isNotEmpty().doesNotContainAnyElementsOf(again);
        for (ExitCode code : ExitCode.values()) {
            assertThat(codes.getValues().contains(code.value()) || again.contains(code.value()))
                    .as("%s is thought of", code)
                    .isTrue();
        }
    }

    /** Kustomize says nothing of a patch that meets nothing. */
    @Test
    void besideTheJobThePodsWaitAndMountNoBackups() {
        Map<String, Object> patch = deploy.yaml("kubernetes/with-job/deployment-patch.yaml");
        assertThat(map(patch, "metadata"))
                .containsEntry("name", deployment.getMetadata().getName());
        Map<String, Object> spec = map(map(map(patch, "spec"), "template"), "spec");
        List<Map<String, Object>> containers = list(spec, "containers");

        assertThat(containers).hasSize(1);
        assertThat(containers.get(0)).containsEntry("name", bookshop.getName());
        assertThat(list(containers.get(0), "env"))
                .containsExactly(
                        Map.of("name", "MIGRATOR_MODE", "value", "wait"),
                        Map.of("name", "MIGRATOR_BACKUP_MODE", "$patch", "delete"));
        assertThat(list(containers.get(0), "volumeMounts"))
                .containsExactly(Map.of("mountPath", "/backups", "$patch", "delete"));
        assertThat(list(spec, "volumes")).containsExactly(Map.of("name", "backups", "$patch", "delete"));
        StarterProperties.assertKnown("MIGRATOR_MODE");
    }

    @Test
    void backupsCanBeMountedByAllThatMountThem() {
        assertThat(accessModes("at-start/backups.yaml")).containsExactly("ReadWriteMany");
        assertThat(accessModes("with-job/backups-patch.yaml")).containsExactly("ReadWriteOnce");
    }

    private List<String> accessModes(String file) {
        return read(file, V1PersistentVolumeClaim.class).getSpec().getAccessModes();
    }

    private static String path(V1Probe probe) {
        return probe.getHttpGet().getPath();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> list(Map<String, Object> settings, String name) {
        return (List<Map<String, Object>>) settings.get(name);
    }

    private <T> T read(String file, Class<T> type) {
        JsonElement json = GSON.toJsonTree(deploy.yaml("kubernetes/" + file));
        assertThat("V1" + json.getAsJsonObject().get("kind").getAsString()).isEqualTo(type.getSimpleName());
        try {
            type.getMethod("validateJsonElement", JsonElement.class).invoke(null, json);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(file + ": " + e.getCause(), e);
        }
        return GSON.fromJson(json, type);
    }
}
