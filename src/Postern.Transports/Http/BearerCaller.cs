namespace Postern.Transports.Http;

/// <summary>Whoever holds one of the tokens.</summary>
/// <param name="Actor">As evidence names it: by the token's place in the list, never by the token.</param>
/// <param name="Rate">How often this caller may ask.</param>
internal sealed record BearerCaller(string Actor, TokenBucket Rate);
