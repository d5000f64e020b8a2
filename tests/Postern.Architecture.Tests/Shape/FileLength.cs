using Postern.Architecture.Tests.Sources;

namespace Postern.Architecture.Tests.Shape;

/// <summary>No hand-written file is longer than can be read in one sitting.</summary>
internal sealed class FileLength : ISourceCheck
{
    public const int MaxLines = 500;

    public IEnumerable<Violation> Look(SourceFile file) =>
        file.Lines > MaxLines + 1 ? [file.AtTop($"{file.Lines} lines; at most {MaxLines}")] : [];
}
