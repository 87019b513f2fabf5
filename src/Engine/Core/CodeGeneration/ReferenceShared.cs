using System.ComponentModel;

namespace FteAgent.Engine.CodeGeneration;

/// <summary>What all references by one interface on one silo share.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ReferenceShared
{
    internal ReferenceShared(GrainInterface grainInterface, Dispatcher dispatcher, GrainReferenceFactory factory) =>
        (Interface, Dispatcher, Factory) = (grainInterface, dispatcher, factory);

    internal GrainInterface Interface { get; }

    internal Dispatcher Dispatcher { get; }

    internal GrainReferenceFactory Factory { get; }
}
