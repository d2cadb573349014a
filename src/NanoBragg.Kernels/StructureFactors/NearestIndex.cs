using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Geometry;
using static System.FormattableString;

namespace NanoBragg.Kernels.StructureFactors;

/// <summary>The Miller index of the reflection that is nearest, a half rounded down: the reference program's <c>ceil(h - 0.5)</c>.</summary>
internal static class NearestIndex
{
    /// <summary>Rounds one index.</summary>
    /// <param name="index">The fractional index.</param>
    /// <returns>The whole one.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of(double index) => (int)Math.Ceiling(index - 0.5);

    /// <summary>Rounds an index and writes it.</summary>
    /// <param name="index">The fractional index.</param>
    /// <returns>Three whole numbers.</returns>
    public static string Text(in Vector3D index) => Invariant($"{Of(index.X)} {Of(index.Y)} {Of(index.Z)}");
}
