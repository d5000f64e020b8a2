namespace Postern.Program.Hosts.Text;

/// <summary>What is wrong with a file, and on which line.</summary>
internal static class TextFault
{
    /// <summary>A fault at a place. Never repeats what stands there.</summary>
    public static FormatException At(string text, int at, string what) => new($"line {text.AsSpan(0, Math.Min(at, text.Length)).Count('\n') + 1}: {what}");
}
