using System.Runtime.CompilerServices;

namespace Postern.Needs;

/// <summary>A theory that runs only where the machine has what it needs; elsewhere it says "not run: needs X".</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NeedsTheoryAttribute : TheoryAttribute
{
    /// <summary>See <see cref="Need"/> for the words of <paramref name="needs"/>, for example <c>curl openssl</c>.</summary>
    public NeedsTheoryAttribute(string needs, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
        : base(sourceFilePath, sourceLineNumber) => Skip = Need.SkipReason(needs);
}
