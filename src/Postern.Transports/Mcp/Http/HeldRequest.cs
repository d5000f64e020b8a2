using Postern.Engine.Flow;
using Postern.Transports.Http;

namespace Postern.Transports.Mcp.Http;

/// <summary>A request whose body was read, as far as it is held, and not yet judged.</summary>
/// <param name="Writer">Has the head.</param>
/// <param name="Facts">What the head says, and what is wrong with the request so far.</param>
/// <param name="Body">The body, decoded.</param>
internal readonly record struct HeldRequest(MessageWriter Writer, RequestFacts Facts, HeldBody Body);
