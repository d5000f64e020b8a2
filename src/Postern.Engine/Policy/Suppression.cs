namespace Postern.Engine.Policy;

/// <summary>A finding the operator has accepted: recorded, and without cost unless its rule is core.</summary>
/// <param name="Rule">The rule's id; a final <c>*</c> stands for any rest.</param>
/// <param name="Path">
/// Where: a place as findings print it (<c>body$.memo</c>), a host (<c>*.example.com</c>) or a URL without its query;
/// <c>*</c> stands for any run of characters, a final <c>/</c> for everything below.
/// </param>
/// <param name="Reason">Why, for the reader of the evidence.</param>
public sealed record Suppression(string Rule, string Path, string Reason)
{
    /// <summary>True when this suppression speaks of the rule at one of the places.</summary>
    public bool Covers(string ruleId, params ReadOnlySpan<string> places)
    {
        if (!Wildcard.IsMatch(Rule, ruleId))
        {
            return false;
        }

        var pattern = Path.EndsWith('/') ? Path + "*" : Path;
        foreach (var place in places)
        {
            if (place.Length > 0 && Wildcard.IsMatch(pattern, place))
            {
                return true;
            }
        }

        return false;
    }
}
