using k8s;
using k8s.Models;

namespace FteAgent.Deploy.Tests;

/// <summary>
/// The manifests in deploy/kubernetes. They are read strictly, so that a field that Kubernetes does not have is an error; what is required
/// and which words are allowed is the lint's to say (scripts/linters/kubernetes.mjs).
/// </summary>
public sealed class KubernetesTests
{
    private const int SiloPort = 11111;
    private static readonly string[] NotOfKubernetesOwn = ["kustomization.yaml", "servicemonitor.yaml"];

    private static readonly List<object> Objects =
    [
        .. Tree.Files("deploy/kubernetes", "*.yaml").Where(file => !NotOfKubernetesOwn.Contains(Path.GetFileName(file)))
            .SelectMany(file => KubernetesYaml.LoadAllFromString(Tree.Read(file), strict: true)),
    ];

    private static readonly V1Deployment Silos = One<V1Deployment>();

    private static readonly V1PodSpec[] Pods = [Silos.Spec.Template.Spec, One<V1Job>().Spec.Template.Spec];

    [Fact]
    public void A_field_that_Kubernetes_does_not_have_is_an_error() => Assert.ThrowsAny<Exception>(() =>
        KubernetesYaml.LoadAllFromString(Tree.Read("deploy/kubernetes/silos.yaml").Replace("minReadySeconds", "minReadySecond", StringComparison.Ordinal), strict: true));

    [Fact]
    public void Every_manifest_is_applied_except_the_secrets_template()
    {
        var applied = Tree.Read("deploy/kubernetes/kustomization.yaml");

        Assert.All(
            Tree.Files("deploy/kubernetes", "*.yaml").Select(Path.GetFileName).Where(name => name != "kustomization.yaml"),
            name => Assert.Equal(name != "secret.example.yaml", applied.Contains($"  - {name}\n", StringComparison.Ordinal)));
    }

    [Fact]
    public void The_secrets_template_holds_no_secret() => Assert.All(One<V1Secret>().StringData.Values, Assert.Empty);

    [Fact]
    public void Pods_are_not_root_write_nothing_and_may_do_nothing_more()
    {
        Assert.All(Pods, pod =>
        {
            Assert.True(pod.SecurityContext.RunAsNonRoot);
            Assert.Equal("RuntimeDefault", pod.SecurityContext.SeccompProfile.Type);
            Assert.False(pod.AutomountServiceAccountToken);
            Assert.All(pod.Containers, container =>
            {
                Assert.True(container.SecurityContext.ReadOnlyRootFilesystem);
                Assert.False(container.SecurityContext.AllowPrivilegeEscalation);
                Assert.Equal(["ALL"], container.SecurityContext.Capabilities.Drop);
                Assert.True(container.Resources.Limits.ContainsKey("memory"));
            });
        });
    }

    [Fact]
    public void A_silo_has_the_time_to_drain() => Assert.Equal(30, Silos.Spec.Template.Spec.TerminationGracePeriodSeconds);

    [Fact]
    public void Work_is_kept_away_by_readiness_and_only_death_restarts()
    {
        var silo = Silos.Spec.Template.Spec.Containers.Single();

        Assert.Equal("/health/ready", silo.ReadinessProbe.HttpGet.Path);
        Assert.Equal("/health/live", silo.LivenessProbe.HttpGet.Path);
        Assert.Equal("/health/live", silo.StartupProbe.HttpGet.Path);
    }

    [Fact]
    public void Other_silos_are_told_the_pods_own_address() =>
        Assert.Equal("status.podIP", Silos.Spec.Template.Spec.Containers.Single().Env.Single(variable => variable.Name == "SILO_ADDRESS").ValueFrom.FieldRef.FieldPath);

    [Fact]
    public void Only_silos_reach_the_port_between_silos()
    {
        var policies = Objects.OfType<V1NetworkPolicy>().ToList();
        var denied = Assert.Single(policies, policy => policy.Spec.Ingress is null && policy.Spec.Egress is null);
        var rules = policies.SelectMany(policy => policy.Spec.Ingress ?? []).ToList();

        Assert.Equal(["Ingress", "Egress"], denied.Spec.PolicyTypes);
        Assert.Null(denied.Spec.PodSelector.MatchLabels);
        Assert.All(rules, rule => Assert.NotEmpty(rule.Ports));
        var open = Assert.Single(rules, rule => rule.Ports.Any(port => port.Port.Value == $"{SiloPort}"));
        var from = Assert.Single(open.FromProperty);
        Assert.Null(from.NamespaceSelector);
        Assert.Equal(Silos.Spec.Selector.MatchLabels, from.PodSelector.MatchLabels);
    }

    [Fact]
    public void Services_and_budget_and_autoscaler_mean_these_silos()
    {
        var labels = Silos.Spec.Template.Metadata.Labels;

        Assert.All(Objects.OfType<V1Service>(), service => Assert.All(service.Spec.Selector, label => Assert.Equal(label.Value, labels[label.Key])));
        Assert.All(One<V1PodDisruptionBudget>().Spec.Selector.MatchLabels, label => Assert.Equal(label.Value, labels[label.Key]));
        Assert.Equal((Silos.Kind, Silos.Metadata.Name), (One<V2HorizontalPodAutoscaler>().Spec.ScaleTargetRef.Kind, One<V2HorizontalPodAutoscaler>().Spec.ScaleTargetRef.Name));
        // Else each `kubectl apply` would undo what the autoscaler did.
        Assert.Null(Silos.Spec.Replicas);
    }

    [Fact]
    public void Prometheus_calls_the_job_as_the_alerts_do()
    {
        var label = Tree.Read("deploy/kubernetes/servicemonitor.yaml").Split('\n').Single(line => line.StartsWith("  jobLabel: ", StringComparison.Ordinal))["  jobLabel: ".Length..];
        var job = Objects.OfType<V1Service>().Single(service => service.Metadata.Labels.ContainsKey("fteagent/metrics")).Metadata.Labels[label];

        Assert.Contains($"up{{job=\"{job}\"}} == 0", Tree.Read("deploy/monitoring/fte.rules.yml"), StringComparison.Ordinal);
    }

    private static T One<T>() => Objects.OfType<T>().Single();
}
