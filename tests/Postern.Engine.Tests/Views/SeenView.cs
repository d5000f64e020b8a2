using System.Text;
using Postern.Engine.Views;

namespace Postern.Engine.Tests.Views;

/// <summary>One view as a test remembers it.</summary>
internal sealed record SeenView(int Ordinal, ViewChain Chain, byte[] Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes);
}
