using System.Globalization;
using Postern.Engine.Policy;

namespace Postern.Transports.Icap;

/// <summary>The ISTag (RFC 3507 §4.7): another one for each revision of the policy, so that clients forget what an older one has let pass.</summary>
/// <param name="Policy">The policy in force.</param>
internal readonly record struct IcapMark(PolicySnapshot Policy)
{
    /// <summary>A tag may have 32 characters; a revision takes 19 at most.</summary>
    private const int HashLength = 12;

    /// <summary>The tag in its quotes.</summary>
    public string Tag => string.Create(CultureInfo.InvariantCulture, $"\"{Policy.Revision}-{(Policy.Hash.Length > HashLength ? Policy.Hash[..HashLength] : Policy.Hash)}\"");
}
