using System.Text.Json;

namespace Postern.Program.Posture;

/// <summary>What one run showed about a control.</summary>
/// <param name="Control">Which.</param>
/// <param name="Caught">Its scenarios that were caught.</param>
/// <param name="Attacks">Its scenarios that were tried.</param>
internal sealed record ControlStatus(FrameworkControl Control, IReadOnlyList<string> Caught, int Attacks)
{
    /// <summary>evidenced, partly evidenced or not evidenced: nothing was tried, or nothing was caught.</summary>
    public string Word => Caught.Count == 0 ? "not evidenced" : Caught.Count == Attacks ? "evidenced" : "partly evidenced";

    /// <summary>From the artefact of a simulation.</summary>
    public static ControlStatus Of(FrameworkControl control, JsonElement simulation)
    {
        var attacks = simulation.GetProperty("scenarios").EnumerateArray()
            .Where(scenario => !scenario.GetProperty("benign").GetBoolean() && control.IsMetBy(scenario.GetProperty("id").GetString()!)).ToList();
        return new ControlStatus(
            control, [.. attacks.Where(static attack => attack.GetProperty("outcome").GetString() == "caught").Select(static attack => attack.GetProperty("id").GetString()!)], attacks.Count);
    }
}
