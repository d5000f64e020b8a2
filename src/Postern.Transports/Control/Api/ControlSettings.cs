using Postern.Engine.Configuration;
using Postern.Engine.Configuration.Sections;
using Postern.Transports.Http;

namespace Postern.Transports.Control.Api;

/// <summary>Who may use the control port; swapped whole on a reload.</summary>
internal sealed class ControlSettings(ControlSection section, SecretText own, TimeProvider time)
{
    /// <summary>Who may ask; without tokens in the configuration, whoever can read the home.</summary>
    public BearerCallers Callers { get; } = new(
        "operator",
        section.BearerTokens.Count > 0 ? section.BearerTokens : [own],
        () => new TokenBucket(section.RequestsPerMinute, Math.Max(1, section.RequestsPerMinute / 4), time));
}
