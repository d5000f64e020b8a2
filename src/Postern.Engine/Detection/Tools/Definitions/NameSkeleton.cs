using Postern.Engine.Views;

namespace Postern.Engine.Detection.Tools.Definitions;

/// <summary>A name as an eye, or a model in a hurry, takes it in.</summary>
internal static class NameSkeleton
{
    /// <summary>Look-alike letters as the plain ones, without case and separators.</summary>
    public static string Of(string name) => string.Concat(UnicodeFold.Fold(name).ToLowerInvariant().Where(static c => c is not ('_' or '-' or '.' or ' ' or '/')))
        .Replace('0', 'o').Replace('1', 'l').Replace('i', 'l');

    /// <summary>True for a name that is plain only after look-alike or invisible characters in it were replaced.</summary>
    public static bool IsDisguised(string name) => !System.Text.Ascii.IsValid(name) && System.Text.Ascii.IsValid(UnicodeFold.Fold(name));
}
