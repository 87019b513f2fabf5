using Orleans.Runtime;

namespace FteAgent.Engine;

/// <summary>Which connection this is: who dialled it, and that silo's how manieth dial it was.</summary>
/// <param name="Local">The incarnation of this silo that made it.</param>
/// <param name="Remote">The silo at the other end.</param>
/// <param name="DialledHere">Whether this silo dialled.</param>
/// <param name="DialNumber">The dialler's number of it.</param>
/// <param name="Version">The protocol both speak.</param>
internal sealed record PeerLink(SiloAddress Local, SiloAddress Remote, bool DialledHere, long DialNumber, ushort Version);
