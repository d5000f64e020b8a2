namespace Postern.Engine.Evidence.Verification;

/// <summary>The first thing that is wrong.</summary>
/// <param name="File">The file's name; empty when no single file is at fault.</param>
/// <param name="Line">The line, counted from 1; 0 when no single line is at fault.</param>
/// <param name="Fault">What kind of thing.</param>
/// <param name="Detail">A sentence for people. Never contains content.</param>
public sealed record EvidenceFailure(string File, long Line, EvidenceFault Fault, string Detail)
{
    /// <summary>As commands print it.</summary>
    public override string ToString() => Line > 0 ? $"{File} line {Line}: {Detail}" : File.Length > 0 ? $"{File}: {Detail}" : Detail;
}
