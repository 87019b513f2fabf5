using System.Collections.Concurrent;
using System.Reflection;
using FteAgent.Engine.CodeGeneration;
using Orleans;
using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>
/// Which grain interfaces and classes there are. Each assembly that runs the generator names itself and the parts it
/// references, so that starting from the assemblies already loaded and the program's own, all parts are found and
/// loaded, though nothing has touched them yet.
/// </summary>
internal sealed class GrainTypeMap
{
    private readonly Lock _gate = new();
    private readonly HashSet<Assembly> _read = [];
    private readonly ConcurrentDictionary<Type, GrainInterface> _interfaces = new();
    private readonly ConcurrentDictionary<GrainType, GrainClass> _classes = new();
    private readonly ConcurrentDictionary<(Type Interface, string? Prefix), GrainType> _chosen = new();

    public GrainTypeMap() => ReadNewAssemblies();

    public GrainInterface Interface(Type type)
    {
        if (_interfaces.TryGetValue(type, out var known) || (ReadNewAssemblies() && _interfaces.TryGetValue(type, out known))) return known;

        throw new ArgumentException($"There is no generated reference for {type}. Is it a grain interface, and does its project set <UsesGrains>?", nameof(type));
    }

    public GrainClass Class(GrainType name) =>
        _classes.TryGetValue(name, out var known) || (ReadNewAssemblies() && _classes.TryGetValue(name, out known))
            ? known
            : throw new ArgumentException($"There is no grain class of type '{name}'.", nameof(name));

    public IEnumerable<GrainClass> Classes => _classes.Values;

    /// <summary>The class that an interface means, by the prefix of the class's name where several implement it.</summary>
    public GrainType ClassFor(Type interfaceType, string? prefix)
    {
        if (_chosen.TryGetValue((interfaceType, prefix), out var chosen)) return chosen;

        chosen = Choose(interfaceType, prefix);
        _chosen.TryAdd((interfaceType, prefix), chosen);
        return chosen;
    }

    private GrainType Choose(Type interfaceType, string? prefix)
    {
        var candidates = Candidates(interfaceType, prefix);
        if (candidates.Count == 0 && ReadNewAssemblies()) candidates = Candidates(interfaceType, prefix);

        return candidates switch
        {
            [var only] => only.Name,
            [] => throw new ArgumentException($"Could not find an implementation for interface {interfaceType}."),
            _ => throw new ArgumentException(
                $"Unable to identify a single appropriate grain type for interface {interfaceType}. Candidates: {string.Join(", ", candidates.Select(candidate => candidate.Type.FullName))}."),
        };
    }

    private List<GrainClass> Candidates(Type interfaceType, string? prefix)
    {
        var all = _classes.Values.Where(candidate => interfaceType.IsAssignableFrom(candidate.Type));
        if (!string.IsNullOrEmpty(prefix))
            return [.. all.Where(candidate => candidate.Type.FullName!.StartsWith(prefix, StringComparison.Ordinal))];

        // ICounterGrain means CounterGrain even where another class implements it too.
        var found = all.ToList();
        return found.Count > 1 && found.Find(candidate => "I" + candidate.Type.Name == interfaceType.Name) is { } conventional ? [conventional] : found;
    }

    private bool ReadNewAssemblies()
    {
        lock (_gate)
        {
            var before = _read.Count;
            var described = new ManifestBuilder();
            foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies()) Read(assembly, described);
            if (Assembly.GetEntryAssembly() is { } entry) Read(entry, described);

            foreach (var known in described.Interfaces) _interfaces.TryAdd(known.Type, known);
            foreach (var type in described.GrainClasses) Add(type);
            return _read.Count != before;
        }
    }

    private void Read(Assembly assembly, ManifestBuilder described)
    {
        if (assembly.IsDynamic || !_read.Add(assembly)) return;

        foreach (var part in assembly.GetCustomAttributes<ApplicationPartAttribute>())
            Read(Assembly.Load(new AssemblyName(part.AssemblyName)), described);

        if (assembly.GetCustomAttribute<EngineManifestAttribute>() is { } pointer)
            ((EngineManifest)Activator.CreateInstance(pointer.Manifest)!).Describe(described);
    }

    private void Add(Type type)
    {
        var grainClass = new GrainClass(type, _interfaces.Values.Where(known => known.Type.IsAssignableFrom(type)));
        if (!_classes.TryAdd(grainClass.Name, grainClass))
        {
            throw new InvalidOperationException(
                $"Two grain classes are of type '{grainClass.Name}': {_classes[grainClass.Name].Type} and {type}. Give one a [GrainType].");
        }
    }
}
