using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Model;

namespace NanoBragg.Kernels.Simulation;

/// <summary>The spindle angles of an exposure.</summary>
/// <param name="StartRadians">First angle, rad.</param>
/// <param name="StepRadians">Angle between steps, rad.</param>
/// <param name="Steps">Number of steps.</param>
internal readonly record struct PhiScan(double StartRadians, double StepRadians, int Steps)
{
    /// <summary>Applies the rules that fill in what the user left out (physics.md section 12).</summary>
    /// <param name="crystal">Where the scan starts and what it covers.</param>
    /// <param name="sampling">How it is divided.</param>
    /// <returns>The scan.</returns>
    /// <exception cref="ExperimentException">The rules give no step at all.</exception>
    public static PhiScan Of(Crystal crystal, Sampling sampling)
    {
        // The reference program marks what is not given by a negative number, and so treats a negative one as not given.
        var range = crystal.OscillationRadians ?? -1.0;
        var step = sampling.PhiStepRadians ?? -1.0;
        var steps = sampling.PhiSteps ?? -1;
        (step, steps) = (steps < 0, range < 0.0, step <= 0.0) switch
        {
            (true, true, true) => (0.0, 1),
            (true, true, false) => (step, 2),
            (true, false, true) => (range / 2.0, 2),
            (true, false, false) => (step, (int)Math.Ceiling(range / step)),
            (false, true, true) => (Units.Degrees(1.0) / Math.Max(steps, 1), Math.Max(steps, 1)),
            (false, true, false) => (step, 2),
            _ => (step < 0.0 ? range / Math.Max(steps, 1) : step, Math.Max(steps, 1)),
        };
        return steps > 0
            ? new(crystal.PhiStartRadians, step, steps)
            : throw new ExperimentException("an oscillation of 0 with a phi step makes no phi steps: give the number of steps too");
    }

    /// <summary>The range of angles that the same rules give, which the reference program prints and puts into headers.</summary>
    /// <param name="crystal">Where the scan starts and what it covers.</param>
    /// <param name="sampling">How it is divided.</param>
    /// <returns>The range, rad.</returns>
    public static double RangeRadians(Crystal crystal, Sampling sampling) =>
        crystal.OscillationRadians is >= 0.0 and var range ? range
        : sampling.PhiStepRadians is > 0.0 and var step ? step
        : sampling.PhiSteps is >= 0 ? Units.Degrees(1.0)
        : 0.0;

    /// <summary>
    /// Turns a lattice step by step. At an angle of exactly 0 the reference program keeps whatever the step before left (physics.md section 20.1).
    /// </summary>
    /// <param name="lattice">The unrotated lattice.</param>
    /// <param name="spindle">Unit vector of the spindle.</param>
    /// <param name="left">What the step before the first one left.</param>
    /// <returns>The lattice at each step.</returns>
    public CrystalLattice[] Turn(in CrystalLattice lattice, in Vector3D spindle, in CrystalLattice left)
    {
        var turned = new CrystalLattice[Steps];
        var current = left;
        for (var i = 0; i < Steps; i++)
        {
            var phi = StartRadians + StepRadians * i;
            if (phi != 0.0)
            {
                current = new(
                    lattice.A.RotatedAbout(spindle, phi), lattice.B.RotatedAbout(spindle, phi), lattice.C.RotatedAbout(spindle, phi));
            }

            turned[i] = current;
        }

        return turned;
    }
}
