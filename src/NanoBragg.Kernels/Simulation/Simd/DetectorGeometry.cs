using System.Runtime.CompilerServices;
using NanoBragg.Kernels.Geometry;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>
/// Where sub-pixels are and what their pixels' factors are: the plan's detector and beam as plain numbers, with every choice (point pixel,
/// polarisation) folded into coefficients, so that all plans run the same code.
/// </summary>
internal readonly unsafe struct DetectorGeometry
{
    private readonly Vector3D _fast, _slow, _origin, _incident, _fieldE, _fieldB;
    private readonly double _subpixel, _polarConstant, _polarSquare, _polarField, _omegaPoint, _omegaPixel;
    private readonly int _oversample;
    private readonly SensorLayers _sensor;
    private readonly Vector3D _normal, _deepest;
    private readonly SimulationPlan? _curved;

    /// <summary>Reads a plan.</summary>
    /// <param name="plan">The plan.</param>
    public DetectorGeometry(SimulationPlan plan)
    {
        _fast = plan.FastAxis;
        _slow = plan.SlowAxis;
        _origin = plan.OriginMetres;
        _subpixel = plan.SubpixelSizeMetres;
        _oversample = plan.Oversample;

        _curved = plan.Curved ? plan : null;
        _sensor = plan.Sensor;
        _normal = plan.NormalAxis;
        _deepest = plan.OfLayer(plan.Sensor.Count - 1).OriginMetres;

        // Polarisation is that of the first source (physics.md section 16): (1 + c² - K cos 2ψ s²)/2 with c = i·d. In the frame of B = p×i and
        // E = i×B, s² cos 2ψ is (d·E)² - (d·B)²: no angle, no quotient.
        _incident = plan.Sources[0].IncidentDirection.Unitised();
        _fieldB = Vector3D.Cross(plan.PolarisationAxis.Unitised(), _incident).Unitised();
        _fieldE = Vector3D.Cross(_incident, _fieldB).Unitised();
        var degenerate = _fieldB == default;
        (_polarConstant, _polarSquare, _polarField) = plan switch
        {
            { Unpolarised: true } => (1.0, 0.0, 0.0),

            // The field along the beam leaves ψ = 0 everywhere.
            _ when degenerate => (0.5 * (1.0 - plan.KahnFactor), 0.5 * (1.0 + plan.KahnFactor), 0.0),
            _ => (0.5, 0.5, 0.5 * plan.KahnFactor),
        };

        var structure = plan.StructureFactors is null ? plan.DefaultStructureFactor * plan.DefaultStructureFactor : 1.0;
        var scale = plan.ThomsonFluence * structure / plan.StepsPerPixel;
        (_omegaPoint, _omegaPixel) = plan.PointPixel
            ? (scale, 0.0)
            : (0.0, scale * plan.PixelSizeMetres * plan.PixelSizeMetres * plan.CloseDistanceMetres);
    }

    /// <summary>Gets the direction of the first source, a unit vector.</summary>
    public Vector3D Incident => _incident;

    /// <summary>Gets the unit vector E of polarisation: along the field, at right angles to <see cref="Incident"/>.</summary>
    public Vector3D FieldE => _fieldE;

    /// <summary>Gets the unit vector B of polarisation, at right angles to both others.</summary>
    public Vector3D FieldB => _fieldB;

    /// <summary>Gets the part of polarisation that is the same everywhere.</summary>
    public double PolarConstant => _polarConstant;

    /// <summary>Gets the part that goes with the squared cosine between <see cref="Incident"/> and the diffracted direction.</summary>
    public double PolarSquare => _polarSquare;

    /// <summary>Gets what the squared component along E, less that along B, takes away.</summary>
    public double PolarField => _polarField;

    /// <summary>Gets the scale of a pixel without area, which the squared distance divides.</summary>
    public double OmegaPoint => _omegaPoint;

    /// <summary>Gets the scale of a pixel with an area, which the cubed distance divides.</summary>
    public double OmegaPixel => _omegaPixel;

    /// <summary>Reads a plan for each layer of its sensor; the first one knows how much the sensor captures.</summary>
    /// <param name="plan">The plan.</param>
    public static DetectorGeometry[] OfLayers(SimulationPlan plan)
    {
        var layers = new DetectorGeometry[plan.Sensor.Count];
        for (var layer = 0; layer < layers.Length; layer++)
        {
            layers[layer] = new(layer == 0 ? plan : plan.OfLayer(layer));
        }

        return layers;
    }

    /// <summary>Sets the tile's centre.</summary>
    /// <param name="tile">A tile whose place is set.</param>
    public void Centre(ref Tile tile)
    {
        var f = _subpixel * _oversample * (tile.Fast + 0.5 * Tile.Width);
        var s = _subpixel * _oversample * (tile.Slow + 0.5 * tile.Rows);
        var centre = Point(f, s, _origin).Unitised();
        (tile.CentreX, tile.CentreY, tile.CentreZ) = (centre.X, centre.Y, centre.Z);
    }

    /// <summary>Fills in the directions of one sub-pixel of every pixel.</summary>
    /// <typeparam name="TLanes">A register of doubles.</typeparam>
    /// <param name="tile">A tile whose centre is set.</param>
    /// <param name="subFast">Sub-pixel along the fast axis.</param>
    /// <param name="subSlow">Sub-pixel along the slow axis.</param>
    public void Directions<TLanes>(in Tile tile, int subFast, int subSlow)
        where TLanes : struct, ILanes<TLanes, double>
    {
        var f = (_subpixel * (((double)tile.Fast * _oversample) + subFast)) + (_subpixel / 2.0);
        var s = (_subpixel * (((double)tile.Slow * _oversample) + subSlow)) + (_subpixel / 2.0);
        if (_curved is null)
        {
            Directions<TLanes>(in this, in tile, f, s);
            return;
        }

        var pitch = _subpixel * _oversample;
        for (var pixel = 0; pixel < tile.Pixels; pixel++)
        {
            var point = Point(f + (pixel % Tile.Width * pitch), s + (pixel / Tile.Width * pitch), _origin);
            var direction = point.Unitised();
            (tile.X[pixel], tile.Y[pixel], tile.Z[pixel]) = (direction.X - tile.CentreX, direction.Y - tile.CentreY, direction.Z - tile.CentreZ);
            tile.ReciprocalDistance[pixel] = 1.0 / point.Length;
        }
    }

    /// <summary>Fills in the pixels' factors.</summary>
    /// <typeparam name="TLanes">A register of doubles.</typeparam>
    /// <param name="tile">A tile whose centre and whose directions of the first sub-pixel are set.</param>
    public void Factors<TLanes>(in Tile tile)
        where TLanes : struct, ILanes<TLanes, double>
    {
        Factors<TLanes>(in this, in tile);
        for (var pixel = 0; IsThick && pixel < tile.Pixels; pixel++)
        {
            tile.Factor[pixel] *= Captured(tile.Fast + (pixel % Tile.Width), tile.Slow + (pixel / Tile.Width));
        }
    }

    /// <summary>Gets whether the sensor has a thickness, so that <see cref="Captured"/> is not 1.</summary>
    public bool IsThick => _sensor.ThicknessMetres != 0.0;

    /// <summary>The share of the photons that a pixel captures: that of the first sub-pixel of the last layer (physics.md section 16).</summary>
    /// <param name="fastPixel">The pixel along the fast axis; a fraction is a place between two.</param>
    /// <param name="slowPixel">The pixel along the slow axis.</param>
    public double Captured(double fastPixel, double slowPixel)
    {
        if (!IsThick)
        {
            return 1.0;
        }

        double f = (_subpixel * _oversample * fastPixel) + (_subpixel / 2.0), s = (_subpixel * _oversample * slowPixel) + (_subpixel / 2.0);
        return _sensor.Captured(_sensor.Count - 1, Point(f, s, _deepest).Unitised(), _normal);
    }

    /// <summary>Solid angle times polarisation times scale at the first sub-pixels of pixels.</summary>
    /// <typeparam name="TLanes">A register of doubles.</typeparam>
    /// <param name="fast">The pixels along the fast axis; a fraction is a place between two.</param>
    /// <param name="slow">The pixels along the slow axis.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Factor<TLanes>(TLanes fast, TLanes slow)
        where TLanes : struct, ILanes<TLanes, double>
    {
        TLanes pitch = TLanes.Broadcast(_subpixel * _oversample), middle = TLanes.Broadcast(_subpixel / 2.0);
        TLanes f = TLanes.MultiplyAdd(fast, pitch, middle), s = TLanes.MultiplyAdd(slow, pitch, middle);
        TLanes x = Component(f, s, _fast.X, _slow.X, _origin.X), y = Component(f, s, _fast.Y, _slow.Y, _origin.Y), z = Component(f, s, _fast.Z, _slow.Z, _origin.Z);
        var w = TLanes.Broadcast(1.0) / TLanes.Sqrt(TLanes.MultiplyAdd(x, x, TLanes.MultiplyAdd(y, y, z * z)));
        TLanes c = w * Along(_incident, x, y, z), alongE = w * Along(_fieldE, x, y, z), alongB = w * Along(_fieldB, x, y, z);
        var polar = TLanes.MultiplyAdd(c * c, TLanes.Broadcast(_polarSquare), TLanes.Broadcast(_polarConstant))
            - (TLanes.Broadcast(_polarField) * TLanes.MultiplySubtract(alongE, alongE, alongB * alongB));
        return polar * (w * w) * TLanes.MultiplyAdd(w, TLanes.Broadcast(_omegaPixel), TLanes.Broadcast(_omegaPoint));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TLanes Component(TLanes f, TLanes s, double fast, double slow, double origin) =>
            TLanes.MultiplyAdd(f, TLanes.Broadcast(fast), TLanes.MultiplyAdd(s, TLanes.Broadcast(slow), TLanes.Broadcast(origin)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static TLanes Along(Vector3D axis, TLanes x, TLanes y, TLanes z) =>
            TLanes.MultiplyAdd(x, TLanes.Broadcast(axis.X), TLanes.MultiplyAdd(y, TLanes.Broadcast(axis.Y), z * TLanes.Broadcast(axis.Z)));
    }

    // A point of the detector relative to the sample.
    private Vector3D Point(double f, double s, Vector3D origin)
    {
        var flat = new Vector3D((f * _fast.X) + (s * _slow.X) + origin.X, (f * _fast.Y) + (s * _slow.Y) + origin.Y, (f * _fast.Z) + (s * _slow.Z) + origin.Z);
        return _curved is null ? flat : _curved.Bent(flat);
    }

    /// <summary>
    /// The unit vectors towards the tile's points, less the centre's, and the reciprocals of their distances;
    /// <paramref name="f"/> and <paramref name="s"/> (m) are the first point's place on the detector.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Directions<TLanes>(in DetectorGeometry detector, in Tile tile, double f, double s)
        where TLanes : struct, ILanes<TLanes, double>
    {
        Vector3D fast = detector._fast, slow = detector._slow, origin = detector._origin;
        var pitch = detector._subpixel * detector._oversample;
        TLanes stepX = TLanes.Broadcast(pitch * fast.X), stepY = TLanes.Broadcast(pitch * fast.Y), stepZ = TLanes.Broadcast(pitch * fast.Z);
        TLanes centreX = TLanes.Broadcast(tile.CentreX), centreY = TLanes.Broadcast(tile.CentreY), centreZ = TLanes.Broadcast(tile.CentreZ);
        var one = TLanes.Broadcast(1.0);
        var count = TLanes.Broadcast(TLanes.Count);
        double* x = tile.X, y = tile.Y, z = tile.Z, reciprocal = tile.ReciprocalDistance;
        var rows = tile.Rows;
        for (var row = 0; row < rows; row++)
        {
            var t = s + row * pitch;
            TLanes startX = TLanes.Broadcast(f * fast.X + t * slow.X + origin.X);
            TLanes startY = TLanes.Broadcast(f * fast.Y + t * slow.Y + origin.Y);
            TLanes startZ = TLanes.Broadcast(f * fast.Z + t * slow.Z + origin.Z);
            var column = TLanes.Ascending;
            var end = x + Tile.Width;
            do
            {
                var px = TLanes.MultiplyAdd(column, stepX, startX);
                var py = TLanes.MultiplyAdd(column, stepY, startY);
                var pz = TLanes.MultiplyAdd(column, stepZ, startZ);
                var w = one / TLanes.Sqrt(TLanes.MultiplyAdd(px, px, TLanes.MultiplyAdd(py, py, pz * pz)));
                TLanes.Store(TLanes.MultiplySubtract(px, w, centreX), x);
                TLanes.Store(TLanes.MultiplySubtract(py, w, centreY), y);
                TLanes.Store(TLanes.MultiplySubtract(pz, w, centreZ), z);
                TLanes.Store(w, reciprocal);
                column += count;
                x += TLanes.Count;
                y += TLanes.Count;
                z += TLanes.Count;
                reciprocal += TLanes.Count;
            }
            while (x < end);
        }
    }

    /// <summary>Solid angle times polarisation times scale at the tile's points.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Factors<TLanes>(in DetectorGeometry detector, in Tile tile)
        where TLanes : struct, ILanes<TLanes, double>
    {
        Vector3D i = detector._incident, e = detector._fieldE, b = detector._fieldB;
        var centre = new Vector3D(tile.CentreX, tile.CentreY, tile.CentreZ);
        TLanes ix = TLanes.Broadcast(i.X), iy = TLanes.Broadcast(i.Y), iz = TLanes.Broadcast(i.Z);
        TLanes ex = TLanes.Broadcast(e.X), ey = TLanes.Broadcast(e.Y), ez = TLanes.Broadcast(e.Z);
        TLanes bx = TLanes.Broadcast(b.X), by = TLanes.Broadcast(b.Y), bz = TLanes.Broadcast(b.Z);
        TLanes ic = TLanes.Broadcast(Vector3D.Dot(i, centre)), ec = TLanes.Broadcast(Vector3D.Dot(e, centre)), bc = TLanes.Broadcast(Vector3D.Dot(b, centre));
        TLanes constant = TLanes.Broadcast(detector._polarConstant), square = TLanes.Broadcast(detector._polarSquare);
        TLanes field = TLanes.Broadcast(detector._polarField);
        TLanes point = TLanes.Broadcast(detector._omegaPoint), pixel = TLanes.Broadcast(detector._omegaPixel);
        double* xs = tile.X, ys = tile.Y, zs = tile.Z, ws = tile.ReciprocalDistance, factors = tile.Factor;
        var end = factors + tile.Pixels;
        do
        {
            TLanes x = TLanes.LoadDoubles(xs), y = TLanes.LoadDoubles(ys), z = TLanes.LoadDoubles(zs), w = TLanes.LoadDoubles(ws);
            var c = TLanes.MultiplyAdd(x, ix, TLanes.MultiplyAdd(y, iy, TLanes.MultiplyAdd(z, iz, ic)));
            var alongE = TLanes.MultiplyAdd(x, ex, TLanes.MultiplyAdd(y, ey, TLanes.MultiplyAdd(z, ez, ec)));
            var alongB = TLanes.MultiplyAdd(x, bx, TLanes.MultiplyAdd(y, by, TLanes.MultiplyAdd(z, bz, bc)));
            var polar = TLanes.MultiplyAdd(c * c, square, constant) - (field * TLanes.MultiplySubtract(alongE, alongE, alongB * alongB));
            TLanes.Store(polar * (w * w) * TLanes.MultiplyAdd(w, pixel, point), factors);
            xs += TLanes.Count;
            ys += TLanes.Count;
            zs += TLanes.Count;
            ws += TLanes.Count;
            factors += TLanes.Count;
        }
        while (factors < end);
    }
}
