using System.Runtime.InteropServices;

namespace NanoBragg.Kernels.StructureFactors;

/// <summary>A grid's structure factors, or their squares, with a border of one reflection all around, which holds the one outside.</summary>
/// <typeparam name="T"><see langword="float"/> or <see langword="double"/>.</typeparam>
internal sealed unsafe class PaddedGrid<T>
    where T : unmanaged
{
    // Pinned for as long as this object lives.
    private readonly T[] _values;

    private PaddedGrid(T[] values, (int H, int K, int L) first, (int H, int K, int L) count) => (_values, First, Count) = (values, first, count);

    // Places are told by the mantissa of a number of this kind.
    private static long Most => typeof(T) == typeof(float) ? 1 << 23 : Array.MaxLength;

    /// <summary>Gets the values, h outermost and l innermost.</summary>
    public T* Values => (T*)Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0);

    /// <summary>Gets a copy of the values, for a device.</summary>
    public T[] ToArray() => [.. _values];

    /// <summary>Gets the lowest indices, border included.</summary>
    public (int H, int K, int L) First { get; }

    /// <summary>Gets how many there are along each axis, border included.</summary>
    public (int H, int K, int L) Count { get; }

    /// <summary>Whether a grid has few enough reflections.</summary>
    /// <param name="grid">The grid.</param>
    public static bool Fits(StructureFactorGrid grid) => (Int128)(grid.H.Count + 2) * (grid.K.Count + 2) * (grid.L.Count + 2) <= Most;

    /// <summary>Copies a grid.</summary>
    /// <param name="grid">The grid.</param>
    /// <param name="outside">The structure factor of all other reflections.</param>
    /// <param name="squared">Whether squares are wanted.</param>
    /// <returns>The copy; null where a place could not be told by the mantissa of <typeparamref name="T"/>, or they are too many for an array.</returns>
    public static PaddedGrid<T>? Of(StructureFactorGrid grid, double outside, bool squared)
    {
        if (!Fits(grid))
        {
            return null;
        }

        long h = grid.H.Count + 2, k = grid.K.Count + 2, l = grid.L.Count + 2;
        var values = GC.AllocateUninitializedArray<T>((int)(h * k * l), pinned: true);
        Array.Fill(values, Element(outside, squared));
        for (var i = grid.H.Minimum; i <= grid.H.Maximum; i++)
        {
            for (var j = grid.K.Minimum; j <= grid.K.Maximum; j++)
            {
                var row = grid[i, j];
                var target = values.AsSpan((int)((((((long)i - grid.H.Minimum + 1) * k) + (j - grid.K.Minimum + 1)) * l) + 1), row.Length);
                for (var m = 0; m < row.Length; m++)
                {
                    target[m] = Element(row[m], squared);
                }
            }
        }

        return new(values, (grid.H.Minimum - 1, grid.K.Minimum - 1, grid.L.Minimum - 1), ((int)h, (int)k, (int)l));
    }

    private static T Element(double value, bool squared)
    {
        var wanted = squared ? value * value : value;
        return typeof(T) == typeof(float) ? (T)(object)(float)wanted : (T)(object)wanted;
    }
}
