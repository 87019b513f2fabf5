using Orleans.Runtime;

namespace Orleans
{
    /// <summary>A state on its way between a grain and its storage.</summary>
    public interface IGrainState<T>
    {
        /// <summary>The state.</summary>
        T State { get; set; }

        /// <summary>Which version of it.</summary>
        string? ETag { get; set; }

        /// <summary>Whether it is written down.</summary>
        bool RecordExists { get; set; }
    }
}

namespace Orleans.Storage
{
    /// <summary>Keeps the states of grains.</summary>
    public interface IGrainStorage
    {
        /// <summary>Reads a state, with its version.</summary>
        Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <summary>Writes a state, if its version is still the one that was read.</summary>
        /// <exception cref="InconsistentStateException">Somebody else has written it.</exception>
        Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);

        /// <summary>Clears a state, if its version is still the one that was read.</summary>
        /// <exception cref="InconsistentStateException">Somebody else has written it.</exception>
        Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState);
    }

    /// <summary>A state has been written by somebody else since it was read: whoever holds it is out of date.</summary>
    [GenerateSerializer, Alias("Orleans.Storage.InconsistentStateException")]
    public class InconsistentStateException : OrleansException
    {
        /// <summary>Makes one without a message.</summary>
        public InconsistentStateException()
        {
        }

        /// <summary>Makes one with a message.</summary>
        public InconsistentStateException(string message) : base(message)
        {
        }

        /// <summary>Makes one with a message and the versions.</summary>
        public InconsistentStateException(string errorMsg, string? storedEtag, string? currentEtag) : base(errorMsg) =>
            (StoredEtag, CurrentEtag) = (storedEtag, currentEtag);

        /// <summary>The version that is written down, where it is known.</summary>
        [Id(1)]
        public string? StoredEtag { get; private set; }

        /// <summary>The version that was to be replaced.</summary>
        [Id(2)]
        public string? CurrentEtag { get; private set; }

        /// <summary>Whether the activation from which it escapes is the one that is out of date; not one that only called it.</summary>
        [Id(0)]
        internal bool IsSourceActivation { get; set; } = true;
    }

    /// <summary>A storage that a grain asks for is not there.</summary>
    [GenerateSerializer, Alias("Orleans.Storage.BadProviderConfigException")]
    public sealed class BadProviderConfigException : OrleansException
    {
        /// <summary>Makes one without a message.</summary>
        public BadProviderConfigException()
        {
        }

        /// <summary>Makes one with a message.</summary>
        public BadProviderConfigException(string msg) : base(msg)
        {
        }
    }
}
