using System.Runtime.InteropServices;

namespace NanoBragg.Kernels.Imaging;

/// <summary>Numbers in the byte order of the reference program's image files.</summary>
internal static class LittleEndianNumbers
{
    // Few large pieces; the bytes of a large picture are more than a span can count.
    private const int Chunk = 1 << 18;

    /// <summary>Writes numbers.</summary>
    /// <typeparam name="T">Their kind.</typeparam>
    /// <param name="stream">Where to.</param>
    /// <param name="numbers">The numbers.</param>
    public static void Write<T>(Stream stream, ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        while (!numbers.IsEmpty)
        {
            var chunk = MemoryMarshal.AsBytes(numbers[..Math.Min(Chunk, numbers.Length)]);
            numbers = numbers[Math.Min(Chunk, numbers.Length)..];
            stream.Write(BitConverter.IsLittleEndian ? chunk : Swapped<T>(chunk));
        }
    }

    private static unsafe byte[] Swapped<T>(ReadOnlySpan<byte> numbers)
        where T : unmanaged
    {
        var swapped = numbers.ToArray();
        for (var first = 0; first < swapped.Length; first += sizeof(T))
        {
            swapped.AsSpan(first, sizeof(T)).Reverse();
        }

        return swapped;
    }
}
