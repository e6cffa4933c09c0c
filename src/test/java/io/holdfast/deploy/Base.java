package io.holdfast.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code kubectl apply -k k8s/base} sends.
 *
 * @param documents as they stand in the stream
 * @param objects as Kubernetes understands them
 */
record Base(List<JsonNode> documents, List<HasMetadata> objects) {
  static final Path PROJECT = Path.of(System.getProperty("holdfast.project", "."));

  static Base rendered() throws IOException, InterruptedException {
    List<JsonNode> documents = StrictReader.documents(kustomized());
    List<HasMetadata> objects = new ArrayList<>();
    for (JsonNode document : documents) {
      objects.add(StrictReader.read(document));
    }
    return new Base(documents, List.copyOf(objects));
  }

  private static String kustomized() throws IOException, InterruptedException {
    File errors = Files.createTempFile("kustomize-", ".err").toFile();
    Process process = new ProcessBuilder("src/test/sh/kustomize.sh", "k8s/base")
        .directory(PROJECT.toFile())
        .redirectError(errors)
        .start();
    String yaml = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String said = process.waitFor() == 0 ? "" : Files.readString(errors.toPath());
    Files.delete(errors.toPath());
    if (!said.isEmpty() || yaml.isEmpty()) {
      throw new AssertionError("kustomize: " + said);
    }
    return yaml;
  }

  /** The objects of one kind. */
  <T extends HasMetadata> List<T> all(Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The only object of a kind whose name starts so; generated names go on with a hash. */
  <T extends HasMetadata> T one(Class<T> kind, String name) {
    List<T> found = all(kind).stream()
        .filter(object -> object.getMetadata().getName().matches(name + "(-[a-z0-9]{10})?"))
        .toList();
    if (found.size() != 1) {
      throw new AssertionError(
          "%s %s: %d (expected: 1)".formatted(kind.getSimpleName(), name, found.size()));
    }
    return found.get(0);
  }

  Deployment nodes() {
    return one(Deployment.class, "holdfast");
  }

  PodSpec pod() {
    return nodes().getSpec().getTemplate().getSpec();
  }

  Map<String, String> podLabels() {
    return nodes().getSpec().getTemplate().getMetadata().getLabels();
  }

  Container container() {
    return pod().getContainers().get(0);
  }

  /** A declared port of the container. */
  int port(String name) {
    return container().getPorts().stream()
        .filter(port -> port.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("port: " + name + " (expected: a declared one)"))
        .getContainerPort();
  }

  /** The label that tells which program runs. */
  String version() {
    return String.valueOf(podLabels().get("app.kubernetes.io/version"));
  }
}
