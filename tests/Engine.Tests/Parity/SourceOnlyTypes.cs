namespace FteAgent.Engine.Tests.Parity;

/// <summary>
/// Our public types whose Orleans counterparts are in packages that cannot be read here. Each was compared by hand with
/// the file of Orleans' source that is named.
/// </summary>
internal static class SourceOnlyTypes
{
    public static readonly Dictionary<string, string> All = new()
    {
        ["Microsoft.Extensions.Hosting.OrleansSiloGenericHostExtensions"] = "Orleans.Runtime/Hosting/OrleansSiloGenericHostExtensions.cs",
        ["Orleans.AliasAttribute"] = "Orleans.Serialization.Abstractions/Annotations.cs",
        ["Orleans.ApplicationPartAttribute"] = "Orleans.Serialization.Abstractions/Annotations.cs",
        ["Orleans.GenerateSerializerAttribute"] = "Orleans.Serialization.Abstractions/Annotations.cs",
        ["Orleans.IdAttribute"] = "Orleans.Serialization.Abstractions/Annotations.cs",
        ["Orleans.ImmutableAttribute"] = "Orleans.Serialization.Abstractions/Annotations.cs",
        ["Orleans.ResponseTimeoutAttribute"] = "Orleans.Serialization.Abstractions/Annotations.cs",
        ["Orleans.CollectionAgeLimitAttribute"] = "Orleans.Core/Configuration/CollectionAgeLimitAttribute.cs",
        ["Orleans.IClusterClient"] = "Orleans.Core/Core/IClusterClient.cs",
        ["Orleans.Configuration.ClusterOptions"] = "Orleans.Core/Configuration/Options/ClusterOptions.cs",
        ["Orleans.Configuration.MessagingOptions"] = "Orleans.Core/Configuration/Options/MessagingOptions.cs",
        ["Orleans.Configuration.EndpointOptions"] = "Orleans.Runtime/Hosting/EndpointOptions.cs",
        ["Orleans.Configuration.GrainCollectionOptions"] = "Orleans.Runtime/Configuration/Options/GrainCollectionOptions.cs",
        ["Orleans.Configuration.SiloMessagingOptions"] = "Orleans.Runtime/Configuration/Options/SiloMessagingOptions.cs",
        ["Orleans.Configuration.SiloOptions"] = "Orleans.Runtime/Silo/SiloOptions.cs",
        ["Orleans.Hosting.CoreHostingExtensions"] = "Orleans.Runtime/Hosting/CoreHostingExtensions.cs",
        ["Orleans.Hosting.EndpointOptionsExtensions"] = "Orleans.Runtime/Hosting/EndpointOptionsExtensions.cs",
        ["Orleans.Hosting.GrainCallFilterSiloBuilderExtensions"] = "Orleans.Runtime/Hosting/GrainCallFilterExtensions.cs",
        ["Orleans.Hosting.ISiloBuilder"] = "Orleans.Runtime/Hosting/ISiloBuilder.cs",
        ["Orleans.Hosting.SiloBuilderExtensions"] = "Orleans.Runtime/Hosting/SiloBuilderExtensions.cs",
        ["Orleans.MembershipEntry"] = "Orleans.Core/SystemTargetInterfaces/IMembershipTable.cs",
        ["Orleans.Runtime.DetailedGrainStatistic"] = "Orleans.Core/Statistics/SiloRuntimeStatistics.cs",
        ["Orleans.Runtime.ILocalSiloDetails"] = "Orleans.Core/Runtime/ILocalSiloDetails.cs",
        ["Orleans.Runtime.IManagementGrain"] = "Orleans.Core/SystemTargetInterfaces/IManagementGrain.cs",
        ["Orleans.Runtime.SiloStatus"] = "Orleans.Core/Runtime/SiloStatus.cs",
        ["Orleans.Runtime.SimpleGrainStatistic"] = "Orleans.Core/Statistics/SiloRuntimeStatistics.cs",
        ["Orleans.Runtime.TimeProviderNames"] = "Orleans.Core/Runtime/TimeProviderNames.cs",
        ["Orleans.Serialization.CodecNotFoundException"] = "Orleans.Serialization/Exceptions.cs",
        ["Orleans.Serialization.SerializerException"] = "Orleans.Serialization/Exceptions.cs",
        ["Orleans.Serialization.UnavailableExceptionFallbackException"] = "Orleans.Serialization/ISerializableSerializer/UnavailableExceptionFallbackException.cs",
        ["Orleans.Serialization.Invocation.IInvokable"] = "Orleans.Serialization/Invocation/IInvokable.cs",
    };
}
