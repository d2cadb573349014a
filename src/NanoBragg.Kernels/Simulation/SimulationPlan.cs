using NanoBragg.Kernels.Geometry;
using NanoBragg.Kernels.Model;
using NanoBragg.Kernels.Physics;
using NanoBragg.Kernels.StructureFactors;

namespace NanoBragg.Kernels.Simulation;

/// <summary>
/// An experiment flattened once: every quantity that the pixel loop of physics.md section 16 reads, and nothing that it could derive per pixel.
/// Back ends read it and never change it.
/// </summary>
public sealed record SimulationPlan
{
    /// <summary>Gets the number of pixels along the fast axis (a row's length).</summary>
    public required int FastPixels { get; init; }

    /// <summary>Gets the number of pixels along the slow axis (the number of rows).</summary>
    public required int SlowPixels { get; init; }

    /// <summary>Gets the pixels that are rendered; the others are 0.</summary>
    public PixelRegion Region { get; init; } = PixelRegion.Everything;

    /// <summary>Gets which pixels of the region are left out nevertheless, or null for none.</summary>
    public PixelMask? Mask { get; init; }

    /// <summary>Gets whether every pixel is rendered.</summary>
    public bool RendersAll => Mask is null && Region.Contains(0, 0) && Region.Contains(FastPixels - 1, SlowPixels - 1);

    /// <summary>Gets the sub-pixels per pixel and axis, at least 1.</summary>
    public required int Oversample { get; init; }

    /// <summary>Gets the edge of a pixel, m.</summary>
    public required double PixelSizeMetres { get; init; }

    /// <summary>Gets the edge of a sub-pixel, m: <see cref="PixelSizeMetres"/> / <see cref="Oversample"/>.</summary>
    public double SubpixelSizeMetres => PixelSizeMetres / Oversample;

    /// <summary>Gets the unit vector along the fast axis, after rotations.</summary>
    public required Vector3D FastAxis { get; init; }

    /// <summary>Gets the unit vector along the slow axis, after rotations.</summary>
    public required Vector3D SlowAxis { get; init; }

    /// <summary>Gets the detector normal (odet), after rotations.</summary>
    public required Vector3D NormalAxis { get; init; }

    /// <summary>Gets the outer corner of the first pixel relative to the sample (pix0), m.</summary>
    public required Vector3D OriginMetres { get; init; }

    /// <summary>Gets the distance from the sample to the detector plane along its normal, m.</summary>
    public required double CloseDistanceMetres { get; init; }

    /// <summary>Gets the distance along the beam, m (physics.md section 7: it differs from the near distance when the detector is tilted).</summary>
    public required double DistanceMetres { get; init; }

    /// <summary>Gets whether the solid angle ignores pixel area and obliquity (<c>-point_pixel</c>).</summary>
    public required bool PointPixel { get; init; }

    /// <summary>Gets whether every pixel is at <see cref="DistanceMetres"/> from the sample.</summary>
    public bool Curved { get; init; }

    /// <summary>Gets the unit vector in which the beam travels before any divergence; only a curved detector reads it.</summary>
    public Vector3D BeamDirection { get; init; }

    /// <summary>Gets the layers of the sensor.</summary>
    public SensorLayers Sensor { get; init; } = SensorLayers.Thin;

    /// <summary>Gets whether the polarisation factor is computed for every sub-pixel and source and multiplied into the sum so far at every step.</summary>
    public bool OversamplesPolarisation { get; init; }

    /// <summary>Gets whether the solid angle is computed for every sub-pixel and multiplied into the sum so far at every step.</summary>
    public bool OversamplesSolidAngle { get; init; }

    /// <summary>Gets whether the captured share is computed for every sub-pixel and multiplied into the sum so far at every step.</summary>
    public bool OversamplesThickness { get; init; }

    /// <summary>Gets the lattice spacing below which a step is left out, m; 0 leaves none out.</summary>
    public double FinestSpacingMetres { get; init; }

    /// <summary>Gets the sources, in the reference program's order; at least one.</summary>
    public required IReadOnlyList<Source> Sources { get; init; }

    /// <summary>Gets whether the polarisation factor is replaced by 1 (<c>-nopolar</c>).</summary>
    public required bool Unpolarised { get; init; }

    /// <summary>Gets the Kahn polarisation factor, -1 to 1; 0 is an unpolarised beam.</summary>
    public required double KahnFactor { get; init; }

    /// <summary>Gets the unit vector of the E field (polar_vector).</summary>
    public required Vector3D PolarisationAxis { get; init; }

    /// <summary>Gets r_e² times the fluence, computed in this order: dimensionless, 1 by default.</summary>
    public required double ThomsonFluence { get; init; }

    /// <summary>Gets the cells along a, b and c; each at least 1.</summary>
    public required (int A, int B, int C) Cells { get; init; }

    /// <summary>Gets the crystal's outline.</summary>
    public CrystalShape Shape { get; init; }

    /// <summary>Gets the factor on the squared distance from a spot's middle; a block does without it.</summary>
    public double ShapeFudge { get; init; } = 1.0;

    /// <summary>Gets the reciprocal lattice before any phi or mosaic rotation; only Gaussian and top-hat spots read it.</summary>
    public ReciprocalLattice ReciprocalLattice { get; init; }

    /// <summary>Gets the edge of the cube of water around the crystal, m. Unless it is 0, steps without a lattice factor count like all others.</summary>
    public double WaterMetres { get; init; }

    /// <summary>Gets what the sum of a pixel starts with.</summary>
    public double WaterIntensity { get; init; }

    /// <summary>Gets the structure factor of every reflection that no grid covers.</summary>
    public required double DefaultStructureFactor { get; init; }

    /// <summary>Gets the structure factors of reflections, or null where <see cref="DefaultStructureFactor"/> is that of all.</summary>
    public StructureFactorGrid? StructureFactors { get; init; }

    /// <summary>
    /// Gets whether a run starts with tricubic interpolation. It goes on, pixel by pixel, until the first evaluation that the grid does not surround; that
    /// one and all after it take the nearest reflection (physics.md section 20.2).
    /// </summary>
    public bool InterpolatesStructureFactors { get; init; }

    /// <summary>
    /// Gets the real-space cell vectors of every orientation, m: for each phi step, for each mosaic domain, nine doubles a, b, c (x, y, z each).
    /// The phi = 0 carry-over of physics.md section 20.1 is already in this list: a step at exactly phi = 0 holds the orientation of the step before it
    /// (of the last step, for step 0).
    /// </summary>
    public required double[] Orientations { get; init; }

    /// <summary>
    /// Gets what the very first evaluation of a run uses in place of the leading <c>9 * MosaicDomains</c> entries of <see cref="Orientations"/>
    /// (physics.md section 20.1: nothing to carry over yet, so the unrotated crystal), or null where the two do not differ.
    /// It applies to the first rendered pixel's first layer, sub-pixel and source only.
    /// </summary>
    public double[]? FirstEvaluationOrientations { get; init; }

    /// <summary>Gets the number of phi steps, at least 1.</summary>
    public required int PhiSteps { get; init; }

    /// <summary>Gets the number of mosaic domains, at least 1.</summary>
    public required int MosaicDomains { get; init; }

    /// <summary>Gets the number of orientations: phi steps times mosaic domains.</summary>
    public int OrientationCount => PhiSteps * MosaicDomains;

    /// <summary>Gets the evaluations per pixel: sources × mosaic domains × phi steps × oversample². The intensity is divided by it.</summary>
    public int StepsPerPixel => Sources.Count * MosaicDomains * PhiSteps * Oversample * Oversample;

    /// <summary>Gets the pixels that are rendered.</summary>
    public long RenderedPixels => Mask is null
        ? new RegionRows(FastPixels, SlowPixels, Region).Pixels
        : Enumerable.Range(0, SlowPixels).Sum(slow => (long)Enumerable.Range(0, FastPixels).Count(fast => Renders(fast, slow)));

    /// <summary>Gets the evaluations of the whole picture.</summary>
    public long Steps => RenderedPixels * StepsPerPixel;

    /// <summary>Gets the random numbers as the misset and mosaic rotations left them, or null in a plan that was made by hand.</summary>
    internal RandomSequence? RandomAfterSetup { get; init; }

    /// <summary>Whether a pixel is rendered.</summary>
    /// <param name="fast">Fast coordinate.</param>
    /// <param name="slow">Slow coordinate.</param>
    /// <returns>False where it is 0.</returns>
    public bool Renders(int fast, int slow) => Region.Contains(fast, slow) && Mask?.Skips(fast, slow) != true;

    /// <summary>Starts the random numbers of the picture's noise, which the reference program draws last.</summary>
    /// <param name="seed">The user's seed (<c>-seed</c>). One below 0 goes on with the shuffle table of the misset and mosaic rotations.</param>
    /// <returns>The numbers.</returns>
    public RandomSequence StartNoise(int seed)
    {
        var random = RandomAfterSetup?.Copy() ?? new();
        random.Start(seed);
        return random;
    }

    /// <summary>
    /// Gets what no other back end than Reference simulates, by its flags: the first such thing that this plan asks for, or null where any back end draws it.
    /// The SIMD back end hands such a plan to Reference.
    /// </summary>
    public string? ReferenceOnly => this switch
    {
        { StructureFactors: not null } when !PaddedGrid<double>.Fits(StructureFactors) => "-hkl and -dump of billions of reflections",
        { StructureFactors: not null, InterpolatesStructureFactors: true } when Interpolation.CourseOf(this) == InterpolationCourse.Partway => "-interpolate up to a place that the list does not surround",
        { StructureFactors: not null, InterpolatesStructureFactors: true, FinestSpacingMetres: > 0.0 } when Interpolation.CourseOf(this) != InterpolationCourse.Throughout => "-dmin with -interpolate",
        { Shape: CrystalShape.TopHat } => "-tophat_spots",
        { Shape: CrystalShape.Gaussian, ShapeFudge: < 0.0 } => "-fudge below 0 with -gauss_xtal",
        { OversamplesPolarisation: true } => "-oversample_polar",
        { OversamplesSolidAngle: true } => "-oversample_omega",
        { OversamplesThickness: true } => "-oversample_thick",
        { Curved: true, StructureFactors: not null, InterpolatesStructureFactors: true } => "-curved_det with -interpolate",
        { Curved: true, FinestSpacingMetres: > 0.0 } => "-dmin with -curved_det",
        _ => null,
    };

    /// <summary>Gets what devices leave to the Reference back end: <see cref="ReferenceOnly"/>, curved detectors, and pictures that are interpolated.</summary>
    internal string? NotForDevices => ReferenceOnly ?? (Curved ? "-curved_det" : Interpolation.CourseOf(this) == InterpolationCourse.Throughout ? "-interpolate" : null);

    /// <summary>Gives a point of the detector relative to the sample, m.</summary>
    /// <param name="fast">Sub-pixels along the fast axis from the detector's corner.</param>
    /// <param name="slow">Sub-pixels along the slow axis.</param>
    internal Vector3D Point(double fast, double slow)
    {
        double x = SubpixelSizeMetres * fast, y = SubpixelSizeMetres * slow;
        Vector3D f = FastAxis, s = SlowAxis, origin = OriginMetres;
        return new((x * f.X) + (y * s.X) + origin.X, (x * f.Y) + (y * s.Y) + origin.Y, (x * f.Z) + (y * s.Z) + origin.Z);
    }

    /// <summary>Gives the place of a flat detector's point on a curved one (physics.md section 9): the laboratory's y and z, whatever the axes of the detector are, become angles.</summary>
    /// <param name="flat">The point relative to the sample, m.</param>
    internal Vector3D Bent(in Vector3D flat) =>
        (DistanceMetres * BeamDirection).RotatedAbout(SlowAxis, flat.Y / DistanceMetres).RotatedAbout(FastAxis, flat.Z / DistanceMetres);

    /// <summary>Gives what each layer of the sensor records, as <see cref="OfLayer"/> does.</summary>
    internal SimulationPlan[] Layers()
    {
        var layers = new SimulationPlan[Sensor.Count];
        for (var layer = 0; layer < layers.Length; layer++)
        {
            layers[layer] = OfLayer(layer);
        }

        return layers;
    }

    /// <summary>Gives what one layer of the sensor records, as a thin sensor in the layer's place.</summary>
    /// <param name="layer">Which, from 0.</param>
    /// <returns>A plan; this one where the sensor has one layer.</returns>
    internal SimulationPlan OfLayer(int layer)
    {
        var depth = layer * Sensor.LayerMetres;
        var (origin, normal) = (OriginMetres, NormalAxis);
        return Sensor.Count == 1
            ? this
            : this with { Sensor = SensorLayers.Thin, OriginMetres = new((depth * normal.X) + origin.X, (depth * normal.Y) + origin.Y, (depth * normal.Z) + origin.Z) };
    }

    /// <summary>Flattens an experiment: applies every default and rule of the reference program, once.</summary>
    /// <param name="experiment">What to simulate.</param>
    /// <returns>The plan.</returns>
    /// <exception cref="ExperimentException">The experiment cannot be simulated; the message says why.</exception>
    public static SimulationPlan Create(Experiment experiment) => PlanBuilder.Build(experiment);
}

/// <summary>One point source at one wavelength.</summary>
/// <param name="IncidentDirection">Unit vector from the source towards the sample.</param>
/// <param name="WavelengthMetres">Wavelength, m.</param>
public readonly record struct Source(Vector3D IncidentDirection, double WavelengthMetres);
