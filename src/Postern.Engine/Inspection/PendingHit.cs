using Postern.Engine.Detection;
using Postern.Engine.Views;

namespace Postern.Engine.Inspection;

/// <summary>A hit, remembered together with the view it was seen in until the walk is over and it can be located.</summary>
internal readonly record struct PendingHit(Hit Hit, ViewChain Chain, int Ordinal, string Fingerprint);
