using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace NanoBragg.Tool.Measurement.Identity;

/// <summary>A type, a method or a data field of the user's own, or a whole assembly.</summary>
/// <param name="Assembly">The assembly.</param>
/// <param name="Token">Its row there.</param>
internal sealed record CodePlace(OwnAssembly Assembly, int Token)
{
    /// <summary>Names a place by its row.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="handle">The row.</param>
    public CodePlace(OwnAssembly assembly, EntityHandle handle)
        : this(assembly, MetadataTokens.GetToken(handle))
    {
    }

    /// <summary>Gets the row.</summary>
    public EntityHandle Handle => MetadataTokens.EntityHandle(Token);
}
