using System.Text.Json;

namespace Postern.Blackbox.Tests;

/// <summary>What a finished run of the program left.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output.</param>
/// <param name="Errors">Its standard error.</param>
internal sealed record Outcome(int ExitCode, string Output, string Errors)
{
    /// <summary>The standard output as JSON.</summary>
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    /// <summary>Everything it said.</summary>
    public string All => Output + Errors;
}
