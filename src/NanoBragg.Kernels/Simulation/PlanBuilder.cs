using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Physics;
using static System.FormattableString;

namespace NanoBragg.Kernels.Simulation;

/// <summary>Flattens an <see cref="Experiment"/> into a <see cref="SimulationPlan"/>: every rule and default is applied here, once.</summary>
internal static class PlanBuilder
{
    /// <summary>Builds the plan.</summary>
    /// <param name="experiment">What to simulate.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ExperimentException">The experiment cannot be simulated; the message says why.</exception>
    public static SimulationPlan Build(Experiment experiment)
    {
        var (crystal, detector, beam, sampling) = experiment;
        RequirePhysical(detector, beam);
        RequireFit(detector);
        var axes = Conventions.AxesOf(detector);
        var placement = DetectorPlacement.Of(detector, axes);

        // One sequence for all, in this order: the shuffle table may pass from one use to the next.
        var random = new RandomSequence();
        var lattice = CrystalLattice.Of(crystal, Misset(crystal, random), beam.WavelengthMetres, out var reciprocal);
        RequireFinite(lattice);
        var cells = Cells(crystal, beam, lattice);
        var oversample = sampling.Oversample > 0 ? sampling.Oversample : RecommendedOversample(lattice, cells, detector, beam, placement);
        var scan = PhiScan.Of(crystal, sampling);
        var stepsOfSource = CountSteps(scan.Steps, DomainCount(crystal, sampling), oversample);
        var sources = SourceList.Of(beam, axes, most: int.MaxValue / stepsOfSource);
        var domains = Domains(crystal, sampling, random);
        var first = scan.Turn(lattice, axes.Spindle, lattice);
        var settled = scan.Turn(lattice, axes.Spindle, first[^1]);
        return new SimulationPlan
        {
            FastPixels = detector.FastPixels,
            SlowPixels = detector.SlowPixels,
            Region = detector.Region,
            Mask = detector.Mask,
            Oversample = oversample,
            PixelSizeMetres = detector.PixelSizeMetres,
            FastAxis = placement.Fast,
            SlowAxis = placement.Slow,
            NormalAxis = placement.Normal,
            OriginMetres = placement.OriginMetres,
            CloseDistanceMetres = placement.CloseDistanceMetres,
            DistanceMetres = placement.DistanceMetres,
            PointPixel = detector.PointPixel,
            Curved = detector.Curved,
            BeamDirection = axes.Beam,
            Sensor = SensorLayers.Of(detector, sampling),
            OversamplesPolarisation = sampling.OversamplesPolarisation,
            OversamplesSolidAngle = sampling.OversamplesSolidAngle,
            OversamplesThickness = sampling.OversamplesThickness,
            FinestSpacingMetres = sampling.FinestSpacingMetres,

            // The list of one is the compiler's own, whose class the machine code of the SIMD back end has always been made for.
            Sources = sources is [var only] ? (IReadOnlyList<Source>)[only] : sources,
            Unpolarised = beam.Unpolarised,
            KahnFactor = beam.KahnFactor,
            PolarisationAxis = axes.Polarisation,
            ThomsonFluence = Constants.ThomsonSquareMetres * Fluence(beam),
            Cells = cells,
            Shape = crystal.Shape,
            ShapeFudge = crystal.ShapeFudge,
            ReciprocalLattice = reciprocal,
            WaterMetres = crystal.WaterMetres,
            WaterIntensity = Water.Intensity(crystal.WaterMetres, Fluence(beam)),
            DefaultStructureFactor = crystal.DefaultStructureFactor,
            StructureFactors = crystal.StructureFactors,
            InterpolatesStructureFactors = Interpolates(crystal),
            Orientations = Orientations(settled, domains),
            FirstEvaluationOrientations = first[0] == settled[0] ? null : Orientations(first.AsSpan(0, 1), domains),
            PhiSteps = scan.Steps,
            MosaicDomains = domains.Length,
            RandomAfterSetup = random,
        };
    }

    private static void RequirePhysical(Detector detector, Beam beam)
    {
        if (!(beam.WavelengthMetres > 0.0) || !double.IsFinite(beam.WavelengthMetres))
        {
            throw new ExperimentException("no wavelength: give one above 0");
        }

        var (pixel, fast, slow) = (detector.PixelSizeMetres, detector.FastPixels, detector.SlowPixels);
        if (!(pixel > 0.0) || !double.IsFinite(pixel) || fast < 1 || slow < 1)
        {
            throw new ExperimentException("no pixels: give a pixel size above 0 and a detector of at least one pixel");
        }

        if ((long)fast * slow > Array.MaxLength)
        {
            throw new ExperimentException(Invariant($"a detector of {fast} × {slow} pixels is too large: at most {Array.MaxLength} can be simulated"));
        }
    }

    // The reference program reads past the end of a mask of another size, or row after row displaced.
    private static void RequireFit(Detector detector)
    {
        if (detector.Mask is { } mask && (mask.FastPixels, mask.SlowPixels) != (detector.FastPixels, detector.SlowPixels))
        {
            throw new ExperimentException(Invariant(
                $"the mask has {mask.FastPixels} × {mask.SlowPixels} pixels and the detector {detector.FastPixels} × {detector.SlowPixels}: give a mask of its size"));
        }
    }

    private static void RequireFinite(in CrystalLattice lattice)
    {
        if (!double.IsFinite(lattice.A.Length + lattice.B.Length + lattice.C.Length))
        {
            throw new ExperimentException("the unit cell has no volume: correct its edges and angles, or the matrix");
        }
    }

    // Steps are counted in an int, as in the reference program, and orientations held in one array.
    private static int CountSteps(int phiSteps, int domains, int oversample)
    {
        var orientations = (Int128)phiSteps * domains;
        if (orientations * oversample * oversample > int.MaxValue || 9 * orientations > Array.MaxLength)
        {
            throw new ExperimentException(Invariant(
                $"{phiSteps} phi steps × {domains} mosaic domains × {oversample}² sub-pixels are more than can be counted: give fewer"));
        }

        return (int)(orientations * oversample * oversample);
    }

    private static Vector3D Misset(Crystal crystal, RandomSequence random)
    {
        if (crystal.RandomMissetSeed is not { } seed)
        {
            return crystal.MissetRadians;
        }

        random.Start(seed);
        return MosaicRotation.DrawMisset(random);
    }

    private static double Fluence(Beam beam) =>
        beam.FluxPhotonsPerSecond != 0.0 && beam.ExposureSeconds > 0.0 && beam.SizeMetres >= 0.0
            ? beam.FluxPhotonsPerSecond * beam.ExposureSeconds / beam.SizeMetres / beam.SizeMetres
            : beam.FluencePhotonsPerSquareMetre;

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

    // The numbers of cells count as they were given, not as a size makes them.
    private static bool Interpolates(Crystal crystal) =>
        crystal.StructureFactors is not null
        && (crystal.InterpolatesStructureFactors ?? (crystal.Cells.A <= 2 || crystal.Cells.B <= 2 || crystal.Cells.C <= 2));

    // Three sub-pixels for each pixel that the crystal's transform spans (physics.md section 10).
    private static int RecommendedOversample(
        in CrystalLattice lattice, (int A, int B, int C) cells, Detector detector, Beam beam, in DetectorPlacement placement)
    {
        var size = Math.Max(Math.Max(lattice.A.Length * cells.A, lattice.B.Length * cells.B), lattice.C.Length * cells.C);
        var pixel = beam.WavelengthMetres * placement.DistanceMetres / detector.PixelSizeMetres;
        var recommended = Math.Ceiling(3.0 * size / pixel);

        // A distance of 0 recommends infinitely many; the reference program's conversion to int makes that none.
        return recommended is >= 1.0 and <= int.MaxValue ? (int)recommended : 1;
    }

    private static int DomainCount(Crystal crystal, Sampling sampling) =>
        (crystal.MosaicSpreadRadians > 0.0, sampling.MosaicDomains > 0) switch
        {
            (true, true) => sampling.MosaicDomains,
            (true, false) => 10,
            _ => 1,
        };

    // A perfect crystal has no rotation at all, not even by the identity, which is told by an empty entry. Its one domain draws its numbers all the same.
    private static RotationMatrix?[] Domains(Crystal crystal, Sampling sampling, RandomSequence random)
    {
        random.Start(sampling.MosaicSeed);
        if (!(crystal.MosaicSpreadRadians > 0.0))
        {
            MosaicRotation.Draw(0.0, random);
            return [null];
        }

        var domains = new RotationMatrix?[DomainCount(crystal, sampling)];
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
