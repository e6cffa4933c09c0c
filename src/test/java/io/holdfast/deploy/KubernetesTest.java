package io.holdfast.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Kubernetes base: every field is one Kubernetes knows, and what refers to something refers to something that is there. */
class KubernetesTest {
  /** Whose keys are data, not fields. */
  private static final Set<String> MAPS =
      Set.of("labels", "matchLabels", "selector", "data", "annotations", "requests", "limits");

  private static Base base;

  @BeforeAll
  static void render() throws Exception {
    base = Base.rendered();
  }

  @Test
  void hasOneOfEverythingANodeNeeds() {
    assertThat(base.objects())
        .extracting(object -> object.getKind() + " "
            + object.getMetadata().getName().replaceAll("-[a-z0-9]{10}$", ""))
        .containsExactlyInAnyOrder(
            "ServiceAccount holdfast",
            "Role holdfast-bootstrap",
            "RoleBinding holdfast-bootstrap",
            "ConfigMap holdfast-conf",
            "ConfigMap holdfast-kinds",
            "Service holdfast",
            "Service holdfast-nodes",
            "Deployment holdfast",
            "PodDisruptionBudget holdfast");
  }

  @Test
  void aMisspeltFieldIsFoundWhereverItIs() {
    List<ObjectNode> wrong = new ArrayList<>();
    for (JsonNode document : base.documents()) {
      for (String at : fields(document, "")) {
        wrong.add(misspelt(document, at));
      }
    }

    assertThat(wrong).hasSizeGreaterThan(100).allSatisfy(document -> assertThatThrownBy(
            () -> StrictReader.read(document))
        .isInstanceOfAny(JsonProcessingException.class, IllegalArgumentException.class));
  }

  /** Pointers to every field. */
  private static List<String> fields(JsonNode node, String at) {
    List<String> found = new ArrayList<>();
    node.properties().forEach(field -> {
      String here = at + "/" + field.getKey();
      found.add(here);
      if (!MAPS.contains(field.getKey()) || field.getValue().has("matchLabels")) {
        found.addAll(fields(field.getValue(), here));
      }
    });
    for (int i = 0; i < node.size() && node.isArray(); i++) {
      found.addAll(fields(node.get(i), at + "/" + i));
    }
    return found;
  }

  private static ObjectNode misspelt(JsonNode document, String at) {
    ObjectNode copy = document.deepCopy();
    int end = at.lastIndexOf('/');
    ObjectNode owner = (ObjectNode) copy.at(at.substring(0, end));
    String name = at.substring(end + 1);
    owner.set(name + "s", owner.remove(name));
    return copy;
  }

  @Test
  void everySelectorFindsThePodsOfTheNodes() {
    DeploymentSpec nodes = base.nodes().getSpec();
    List<Map<String, String>> selectors = new ArrayList<>();
    selectors.add(nodes.getSelector().getMatchLabels());
    base.all(Service.class).forEach(service -> selectors.add(service.getSpec().getSelector()));
    base.all(PodDisruptionBudget.class)
        .forEach(budget -> selectors.add(budget.getSpec().getSelector().getMatchLabels()));
    base.pod()
        .getTopologySpreadConstraints()
        .forEach(spread -> selectors.add(spread.getLabelSelector().getMatchLabels()));

    assertThat(selectors)
        .hasSize(6)
        .allSatisfy(selector ->
            assertThat(base.podLabels().entrySet()).isNotEmpty().containsAll(selector.entrySet()));
  }

  @Test
  void aChangedVersionStillBelongsToTheSameDeployment() {
    assertThat(base.nodes().getSpec().getSelector().getMatchLabels())
        .doesNotContainKey("app.kubernetes.io/version");
  }

  @Test
  void imageAndLabelHaveTheVersionOfTheProject() throws IOException {
    String pom = Files.readString(Base.PROJECT.resolve("pom.xml"));
    String version = base.version();

    assertThat(pom).contains("<artifactId>holdfast</artifactId>\n  <version>" + version + "<");
    assertThat(base.container().getImage()).isEqualTo("holdfast:" + version);
  }

  @Test
  void probesAndServicesGoToPortsThatAreThere() {
    List<String> targets = new ArrayList<>();
    for (Service service : base.all(Service.class)) {
      for (ServicePort port : service.getSpec().getPorts()) {
        targets.add(port.getTargetPort().getStrVal());
      }
    }

    assertThat(targets).isNotEmpty().allSatisfy(target -> assertThat(base.port(target))
        .isPositive());
    assertThat(probes())
        .allSatisfy(
            probe -> assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("ops"));
  }

  private static List<Probe> probes() {
    return List.of(
        base.container().getStartupProbe(),
        base.container().getLivenessProbe(),
        base.container().getReadinessProbe());
  }

  @Test
  void onlyReadinessAsksWhetherClientsAreWelcome() {
    assertThat(probes())
        .extracting(probe -> probe.getHttpGet().getPath())
        .containsExactly("/health/live", "/health/live", "/health/ready");
  }

  @Test
  void neverTakesAwayANodeBeforeTheNextIsThereNorTwoAtOnce() {
    DeploymentSpec nodes = base.nodes().getSpec();
    PodDisruptionBudget budget = base.one(PodDisruptionBudget.class, "holdfast");

    assertThat(nodes.getReplicas()).isEqualTo(3);
    assertThat(nodes.getStrategy().getRollingUpdate().getMaxUnavailable().getIntVal())
        .isZero();
    assertThat(nodes.getStrategy().getRollingUpdate().getMaxSurge().getIntVal()).isEqualTo(1);
    assertThat(budget.getSpec().getMaxUnavailable().getIntVal()).isEqualTo(1);
  }

  @Test
  void theRoleCoversWhatBootstrapAsksForAndNoMore() {
    Role role = base.one(Role.class, "holdfast-bootstrap");
    RoleBinding binding = base.one(RoleBinding.class, "holdfast-bootstrap");

    assertThat(role.getRules()).hasSize(1);
    PolicyRule rule = role.getRules().get(0);
    assertThat(rule.getApiGroups()).containsExactly("");
    assertThat(rule.getResources()).containsExactly("pods");
    assertThat(rule.getVerbs()).containsExactlyInAnyOrder("get", "list", "watch");
    assertThat(binding.getRoleRef().getKind()).isEqualTo("Role");
    assertThat(binding.getRoleRef().getName()).isEqualTo(role.getMetadata().getName());
    assertThat(binding.getSubjects()).singleElement().satisfies(subject -> {
      assertThat(subject.getKind()).isEqualTo("ServiceAccount");
      assertThat(subject.getName()).isEqualTo(base.pod().getServiceAccountName());
    });
    assertThat(base.pod().getAutomountServiceAccountToken()).isTrue();
  }

  @Test
  void aNodeMayDoNothingButRun() {
    var pod = base.pod().getSecurityContext();
    var container = base.container().getSecurityContext();

    assertThat(pod.getRunAsNonRoot()).isTrue();
    assertThat(pod.getRunAsUser()).isPositive();
    assertThat(pod.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    assertThat(container.getReadOnlyRootFilesystem()).isTrue();
    assertThat(container.getAllowPrivilegeEscalation()).isFalse();
    assertThat(container.getCapabilities().getDrop()).containsExactly("ALL");
    assertThat(base.container().getResources().getLimits().get("memory"))
        .isEqualTo(base.container().getResources().getRequests().get("memory"));
  }

  @Test
  void shipsTheSameKindsAsTheProgramDoes() throws IOException {
    Map<String, String> kinds = new TreeMap<>();
    try (Stream<Path> files = Files.list(Base.PROJECT.resolve("conf/kinds"))) {
      for (Path file : files.toList()) {
        kinds.put(String.valueOf(file.getFileName()), Files.readString(file));
      }
    }

    assertThat(new TreeMap<>(base.one(ConfigMap.class, "holdfast-kinds").getData()))
        .isEqualTo(kinds);
  }

  @Test
  void everyVolumeIsMountedAndEveryNameOfOneIsThere() {
    List<String> maps = base.all(ConfigMap.class).stream()
        .map(HasMetadata::getMetadata)
        .map(about -> about.getName())
        .toList();
    List<String> mounted = base.container().getVolumeMounts().stream()
        .map(mount -> mount.getName())
        .toList();

    assertThat(base.pod().getVolumes())
        .extracting(volume -> volume.getName())
        .containsExactlyInAnyOrderElementsOf(mounted);
    assertThat(base.pod().getVolumes())
        .filteredOn(volume -> volume.getConfigMap() != null)
        .extracting(volume -> volume.getConfigMap().getName())
        .containsExactlyInAnyOrderElementsOf(maps);
  }

  @Test
  void theBuildScriptBringsWhatThisTestNeeds() throws IOException {
    assertThat(Files.readString(Base.PROJECT.resolve(".ci/run"))).contains("kubernetes-client");
  }
}
