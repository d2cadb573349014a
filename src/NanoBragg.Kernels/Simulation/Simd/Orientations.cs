using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Geometry;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>
/// A batch of evaluations as the inner loops read it: a/λ, b/λ, c/λ (x, y, z each), then the fractions of h, k, l at the centre of a tile, then
/// their whole numbers.
/// </summary>
/// <typeparam name="T">The element of the phases.</typeparam>
internal static unsafe class Orientations<T>
    where T : unmanaged
{
    /// <summary>Fills in a batch.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="first">The batch's first evaluation: source times orientation count plus orientation.</param>
    /// <param name="count">Evaluations in the batch.</param>
    /// <param name="centre">The direction to the tile's centre, a unit vector.</param>
    /// <param name="hasVectors">Whether the cell vectors are there from a tile before.</param>
    /// <param name="target">Where to, <see cref="Tile.OrientationStride"/> an evaluation.</param>
    public static void Prepare(
        SimulationPlan plan, int first, int count, Vector3D centre, bool hasVectors, T* target)
    {
        fixed (double* cells = plan.Orientations)
        {
            var perSource = plan.OrientationCount;
            for (var done = 0; done < count;)
            {
                var source = plan.Sources[(first + done) / perSource];
                var orientation = (first + done) % perSource;
                var run = Math.Min(count - done, perSource - orientation);
                var inverse = 1.0 / source.WavelengthMetres;
                if (!hasVectors)
                {
                    Scale(cells + (9L * orientation), run, inverse, target);
                }

                var incident = source.IncidentDirection;
                Anchor(cells + (9L * orientation), run, (centre.X - incident.X) * inverse, (centre.Y - incident.Y) * inverse, (centre.Z - incident.Z) * inverse, target);
                done += run;
                target += Tile.OrientationStride * run;
            }
        }
    }

    /// <summary>Rounds a number to the element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Rounded(double value)
    {
        if (typeof(T) == typeof(double))
        {
            return Unsafe.BitCast<double, T>(value);
        }

        return Unsafe.BitCast<float, T>((float)value);
    }

    /// <summary>Writes the cell vectors over the wavelength.</summary>
    private static void Scale(double* cells, int count, double inverse, T* target)
    {
        for (var i = 0; i < count; i++, cells += 9, target += Tile.OrientationStride)
        {
            for (var j = 0; j < 9; j++)
            {
                target[j] = Rounded(cells[j] * inverse);
            }
        }
    }

    /// <summary>Writes the fractions of h, k, l at a scattering vector, computed in double so that float keeps its bits for the differences.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Anchor(double* cells, int count, double x, double y, double z, T* target)
    {
        target += 9;
        do
        {
            var h = cells[0] * x + cells[1] * y + cells[2] * z;
            var k = cells[3] * x + cells[4] * y + cells[5] * z;
            var l = cells[6] * x + cells[7] * y + cells[8] * z;
            double wholeH = Math.Round(h), wholeK = Math.Round(k), wholeL = Math.Round(l);
            target[0] = Rounded(h - wholeH);
            target[1] = Rounded(k - wholeK);
            target[2] = Rounded(l - wholeL);
            target[3] = Rounded(wholeH);
            target[4] = Rounded(wholeK);
            target[5] = Rounded(wholeL);
            cells += 9;
            target += Tile.OrientationStride;
        }
        while (--count > 0);
    }
}
