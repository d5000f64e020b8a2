namespace Postern.Transports.Http;

/// <summary>Who acts, where the listener knows no better.</summary>
internal static class Actors
{
    /// <summary>Whoever reaches the main listener, which is bound to loopback.</summary>
    public const string Local = "local";
}
