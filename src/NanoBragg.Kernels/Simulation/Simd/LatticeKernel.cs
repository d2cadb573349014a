using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>The inner loop: the sum of squared lattice factors over a batch of orientations, for every pixel of a tile.</summary>
internal abstract class LatticeKernel
{
    /// <summary>Adds the batch's sum of squared lattice factors to the tile's sums.</summary>
    /// <param name="tile">A tile whose directions and orientations are filled in.</param>
    /// <param name="orientations">Orientations in the batch, at least 1.</param>
    public abstract void Accumulate(in Tile tile, int orientations);

    /// <summary>Fills in a batch of orientations over their wavelengths, if the tile does not hold it yet, and its phases at the tile's centre.</summary>
    /// <param name="tile">A tile whose place is set.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="first">The batch's first evaluation: source times orientation count plus orientation.</param>
    /// <param name="count">Evaluations in the batch.</param>
    public abstract void Prepare(ref Tile tile, SimulationPlan plan, int first, int count);
}

/// <summary>What all kernels of one element share: how orientations lie in memory.</summary>
/// <typeparam name="T">The element of the phases.</typeparam>
internal abstract unsafe class LatticeKernel<T> : LatticeKernel
    where T : unmanaged
{
    /// <inheritdoc/>
    public sealed override void Prepare(ref Tile tile, SimulationPlan plan, int first, int count)
    {
        fixed (double* cells = plan.Orientations)
        {
            var perSource = plan.OrientationCount;
            for (var done = 0; done < count;)
            {
                var source = plan.Sources[(first + done) / perSource];
                var orientation = (first + done) % perSource;
                var run = Math.Min(count - done, perSource - orientation);
                var target = (T*)tile.Orientations + Tile.OrientationStride * done;
                var inverse = 1.0 / source.WavelengthMetres;
                if (tile.LoadedBatch != first)
                {
                    Scale(cells + 9L * orientation, run, inverse, target);
                }

                var incident = source.IncidentDirection;
                Anchor(
                    cells + 9L * orientation, run,
                    (tile.CentreX - incident.X) * inverse, (tile.CentreY - incident.Y) * inverse, (tile.CentreZ - incident.Z) * inverse,
                    target);
                done += run;
            }
        }

        tile.LoadedBatch = first;
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
            target[0] = Rounded(h - Math.Round(h));
            target[1] = Rounded(k - Math.Round(k));
            target[2] = Rounded(l - Math.Round(l));
            cells += 9;
            target += Tile.OrientationStride;
        }
        while (--count > 0);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Rounded(double value)
    {
        if (typeof(T) == typeof(double))
        {
            return Unsafe.BitCast<double, T>(value);
        }

        return Unsafe.BitCast<float, T>((float)value);
    }
}
