using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Physics;

namespace NanoBragg.Kernels.Simulation;

/// <summary>Flattens an <see cref="Experiment"/> into a <see cref="SimulationPlan"/>: every rule and default is applied here, once.</summary>
internal static class PlanBuilder
{
    // Source distance, m. It cancels, but for the last bits of the direction.
    private const double SourceDistance = 10.0;

    /// <summary>Builds the plan.</summary>
    /// <param name="experiment">What to simulate.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ArgumentException">The experiment cannot be simulated; the message says why.</exception>
    public static SimulationPlan Build(Experiment experiment)
    {
        var (crystal, detector, beam, sampling) = experiment;
        if (detector.FastPixels < 1 || detector.SlowPixels < 1)
        {
            throw new ArgumentException(
                $"The detector has {detector.FastPixels} × {detector.SlowPixels} pixels; give it at least one along each axis.", nameof(experiment));
        }

        var axes = Conventions.AxesOf(detector);
        var placement = DetectorPlacement.Of(detector, axes);

        // One stream for all, in this order: the shuffle table may pass from one use to the next.
        var random = new RandomSequence();
        var misset = crystal.MissetRadians;
        if (crystal.RandomMissetSeed is { } missetSeed)
        {
            random.Start(missetSeed);
            misset = MosaicRotation.DrawMisset(random);
        }

        var lattice = CrystalLattice.Of(crystal, misset, beam.WavelengthMetres);
        var domains = Domains(crystal, sampling, random);
        var scan = PhiScan.Of(crystal, sampling);
        var first = scan.Turn(lattice, axes.Spindle, lattice);
        var settled = scan.Turn(lattice, axes.Spindle, first[^1]);
        var cells = Cells(crystal, beam, lattice);
        return new SimulationPlan
        {
            FastPixels = detector.FastPixels,
            SlowPixels = detector.SlowPixels,
            Oversample = sampling.Oversample > 0 ? sampling.Oversample : RecommendedOversample(lattice, cells, detector, beam, placement),
            PixelSizeMetres = detector.PixelSizeMetres,
            FastAxis = placement.Fast,
            SlowAxis = placement.Slow,
            NormalAxis = placement.Normal,
            OriginMetres = placement.OriginMetres,
            CloseDistanceMetres = placement.CloseDistanceMetres,
            DistanceMetres = placement.DistanceMetres,
            PointPixel = detector.PointPixel,
            Sources = [Straight(axes, beam)],
            Unpolarised = beam.Unpolarised,
            KahnFactor = beam.KahnFactor,
            PolarisationAxis = axes.Polarisation,
            ThomsonFluence = Constants.ThomsonSquareMetres * Fluence(beam),
            Cells = cells,
            DefaultStructureFactor = crystal.DefaultStructureFactor,
            Orientations = Orientations(settled, domains),
            FirstEvaluationOrientations = first[0] == settled[0] ? null : Orientations(first.AsSpan(0, 1), domains),
            PhiSteps = scan.Steps,
            MosaicDomains = domains.Length,
        };
    }

    private static double Fluence(Beam beam) =>
        beam.FluxPhotonsPerSecond != 0.0 && beam.ExposureSeconds > 0.0 && beam.SizeMetres >= 0.0
            ? beam.FluxPhotonsPerSecond * beam.ExposureSeconds / beam.SizeMetres / beam.SizeMetres
            : beam.FluencePhotonsPerSquareMetre;

    private static Source Straight(LaboratoryAxes axes, Beam beam) =>
        new(-(-SourceDistance * axes.Beam).Unitised(), beam.WavelengthMetres);

    private static (int A, int B, int C) Cells(Crystal crystal, Beam beam, in CrystalLattice lattice)
    {
        return (
            Along(crystal.SizeMetres.X, lattice.A, crystal.Cells.A),
            Along(Lit(crystal.SizeMetres.Y), lattice.B, crystal.Cells.B),
            Along(Lit(crystal.SizeMetres.Z), lattice.C, crystal.Cells.C));

        // The beam clips what stands across it, which the reference program takes to be b and c.
        double Lit(double size) => beam.SizeMetres >= 0.0 && beam.SizeMetres < size ? beam.SizeMetres : size;

        static int Along(double size, in Vector3D edge, int cells) =>
            Math.Max(size > 0.0 ? (int)Math.Ceiling(size / edge.Length) : cells, 1);
    }

    // Three sub-pixels for each pixel that the crystal's transform spans (physics.md section 10).
    private static int RecommendedOversample(
        in CrystalLattice lattice, (int A, int B, int C) cells, Detector detector, Beam beam, in DetectorPlacement placement)
    {
        var size = Math.Max(Math.Max(lattice.A.Length * cells.A, lattice.B.Length * cells.B), lattice.C.Length * cells.C);
        var pixel = beam.WavelengthMetres * placement.DistanceMetres / detector.PixelSizeMetres;
        return Math.Max((int)Math.Ceiling(3.0 * size / pixel), 1);
    }

    // A perfect crystal has no rotation at all, not even by the identity, which is told by an empty entry.
    private static RotationMatrix?[] Domains(Crystal crystal, Sampling sampling, RandomSequence random)
    {
        if (!(crystal.MosaicSpreadRadians > 0.0))
        {
            return [null];
        }

        var domains = new RotationMatrix?[sampling.MosaicDomains > 0 ? sampling.MosaicDomains : 10];
        random.Start(sampling.MosaicSeed);
        for (var i = 0; i < domains.Length; i++)
        {
            // The first domain draws its numbers too, and then stays aligned.
            var drawn = MosaicRotation.Draw(crystal.MosaicSpreadRadians, random);
            domains[i] = i == 0 ? RotationMatrix.Identity : drawn;
        }

        return domains;
    }

    private static double[] Orientations(ReadOnlySpan<CrystalLattice> phiSteps, RotationMatrix?[] domains)
    {
        var orientations = new double[9 * phiSteps.Length * domains.Length];
        var next = 0;
        foreach (var lattice in phiSteps)
        {
            foreach (var domain in domains)
            {
                foreach (var edge in (ReadOnlySpan<Vector3D>)[lattice.A, lattice.B, lattice.C])
                {
                    (orientations[next], orientations[next + 1], orientations[next + 2]) = domain is { } rotation ? rotation.Rotate(edge) : edge;
                    next += 3;
                }
            }
        }

        return orientations;
    }
}
