using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace NanoBragg.Kernels.Tests.Imaging;

/// <summary>Hashes as the goldens have them.</summary>
internal static class Hash
{
    public static string Of(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static string Of(ushort[] counts) => Of(MemoryMarshal.AsBytes(counts.AsSpan()));
}
