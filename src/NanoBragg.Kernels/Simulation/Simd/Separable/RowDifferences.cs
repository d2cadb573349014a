namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>
/// A polynomial of third degree in the row, a + K₁ m + K₂ m² + K₃ m³/3 with m half the rows from the tile's middle, as a loop goes along it: its value at the first row and three differences,
/// of which the first is from a row to the next and changes from pair to pair of rows. In these units the third difference is K₃, and the second K₂ but for K₃'s part; the first has half of K₁.
/// These are the other parts, in the kernel's element, which a tile computes once.
/// </summary>
/// <typeparam name="T">The element.</typeparam>
/// <remarks>Every second row is the mean of its neighbours, which is off; half of that is taken from all (<see cref="PhaseBounds"/>).</remarks>
internal static unsafe class RowDifferences<T>
    where T : unmanaged
{
    /// <summary>How many parts there are.</summary>
    public const int Count = 10;

    /// <summary>K₁'s part in the value.</summary>
    public const int Value1 = 0;

    /// <summary>K₂'s part in the value.</summary>
    public const int Value2 = 1;

    /// <summary>K₃'s part in the value.</summary>
    public const int Value3 = 2;

    /// <summary>K₂'s part in the first difference.</summary>
    public const int First2 = 3;

    /// <summary>K₃'s part in the first difference.</summary>
    public const int First3 = 4;

    /// <summary>K₃'s part in the second difference.</summary>
    public const int Second3 = 5;

    /// <summary>What a term of fourth degree in m adds to the value.</summary>
    public const int Value4 = 6;

    /// <summary>What a term of fourth degree adds to K₂.</summary>
    public const int Square4 = 7;

    /// <summary>Minus half of <see cref="Value4"/>.</summary>
    public const int MinusHalfValue4 = 8;

    /// <summary>Minus half of <see cref="Square4"/>.</summary>
    public const int MinusHalfSquare4 = 9;

    /// <summary>Writes the parts.</summary>
    /// <param name="rows">The tile's sub-pixel rows.</param>
    /// <param name="target">Where to: <see cref="Count"/> elements.</param>
    public static void Write(int rows, T* target)
    {
        var first = -0.5 * (rows - 1);
        var (of0, of2) = PhaseBounds.OfFourthDegree(first);
        target[Value1] = Orientations<T>.Rounded(0.5 * first);
        target[Value2] = Orientations<T>.Rounded(0.25 * ((first * first) - 0.5));
        target[Value3] = Orientations<T>.Rounded(((((first * first) - 1.5) * first) - 1.5) / 24.0);
        target[First2] = Orientations<T>.Rounded(0.5 * (first + 1.0));
        target[First3] = Orientations<T>.Rounded(((((3.0 * first) + 6.0) * first) + 2.5) / 24.0);
        target[Second3] = Orientations<T>.Rounded((0.5 * first) + 1.0);
        target[Value4] = Orientations<T>.Rounded(of0 / 16.0);
        target[Square4] = Orientations<T>.Rounded(of2 / 4.0);
        target[MinusHalfValue4] = Orientations<T>.Rounded(of0 / -32.0);
        target[MinusHalfSquare4] = Orientations<T>.Rounded(of2 / -8.0);
    }
}
