package io.holdfast.deploy;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Reads manifests as the API server does, only that a field it does not know is an error: the server, and the model classes left
 * to themselves, would drop it in silence.
 */
final class StrictReader {
  private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
      "v1 ConfigMap", ConfigMap.class,
      "v1 Service", Service.class,
      "v1 ServiceAccount", ServiceAccount.class,
      "apps/v1 Deployment", Deployment.class,
      "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
      "rbac.authorization.k8s.io/v1 Role", Role.class,
      "rbac.authorization.k8s.io/v1 RoleBinding", RoleBinding.class);

  private static final ObjectMapper YAML = strict(
      new ObjectMapper(new YAMLFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)));

  private StrictReader() {}

  private static ObjectMapper strict(ObjectMapper mapper) {
    return mapper
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .setAnnotationIntrospector(new NoCatchAll());
  }

  /** The models keep unknown fields in a map; without it they are refused. */
  private static final class NoCatchAll extends JacksonAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    @Override
    public Boolean hasAnySetter(Annotated member) {
      return false;
    }
  }

  /** The documents of a stream, as they stand there. */
  static List<JsonNode> documents(String yaml) throws IOException {
    try (JsonParser parser = YAML.createParser(yaml)) {
      return YAML.readValues(parser, JsonNode.class).readAll();
    }
  }

  static HasMetadata read(JsonNode document) throws JsonProcessingException {
    String kind =
        document.path("apiVersion").asText() + " " + document.path("kind").asText();
    Class<? extends HasMetadata> model = KINDS.get(kind);
    if (model == null) {
      throw new IllegalArgumentException(
          "kind: %s (expected: one of %s)".formatted(kind, KINDS.keySet()));
    }
    return YAML.treeToValue(document, model);
  }
}
