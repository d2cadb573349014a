using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd.Separable;

/// <summary>
/// The inner loop for more cells than a polynomial serves: <c>sin(N πh) / sin(πh)</c>, both sines taken apart into columns and rows by themselves, and one
/// quotient for the three axes.
/// </summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element, <see langword="double"/>: where sin(πh) is small, float would keep too little of it.</typeparam>
/// <param name="cells">Cells along a, b and c.</param>
internal sealed unsafe class ManyCellsKernel<TLanes, T>((int A, int B, int C) cells) : SeparableKernel<T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    // (N sin πh)² below which a peak is taken from its series at the top, where errors of two small sines would not cancel.
    private const double NearTop = 0.09;

    /// <inheritdoc/>
    public override int PhaseSets => 2;

    /// <inheritdoc/>
    public override (double A, double B, double C) Multiples(int set) => set == 0 ? (0.5, 0.5, 0.5) : (0.5 * cells.A, 0.5 * cells.B, 0.5 * cells.C);

    /// <inheritdoc/>
    public override void Accumulate(PhaseSet<T> first, PhaseSet<T> second, int stride, int count, T* sums, int width)
    {
        var numbers = stackalloc double[3] { cells.A, cells.B, cells.C };
        Add(first.Column, second.Column, first.Rows, second.Rows, stride, count, sums, width, numbers);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Add(T* one, T* many, T* rows, T* manyRows, int stride, int count, T* sums, int width, double* numbers)
    {
        TLanes ar = TLanes.Load(one), ai = TLanes.Load(one + TLanes.Count), br = TLanes.Load(one + (2 * TLanes.Count)), bi = TLanes.Load(one + (3 * TLanes.Count));
        TLanes cr = TLanes.Load(one + (4 * TLanes.Count)), ci = TLanes.Load(one + (5 * TLanes.Count));
        TLanes nar = TLanes.Load(many), nai = TLanes.Load(many + TLanes.Count), nbr = TLanes.Load(many + (2 * TLanes.Count)), nbi = TLanes.Load(many + (3 * TLanes.Count));
        TLanes ncr = TLanes.Load(many + (4 * TLanes.Count)), nci = TLanes.Load(many + (5 * TLanes.Count));

        // Of doubled sines, and a little more than the limit itself.
        var near = TLanes.Broadcast(4.1 * NearTop);
        T* steps = one + (6 * TLanes.Count), manySteps = many + (6 * TLanes.Count);
        for (var row = 0; row < count; row++)
        {
            TLanes a = Sine(rows, stride, ar, ai), b = Sine(rows + (2 * stride), stride, br, bi), c = Sine(rows + (4 * stride), stride, cr, ci);
            TLanes na = Sine(manyRows, stride, nar, nai), nb = Sine(manyRows + (2 * stride), stride, nbr, nbi), nc = Sine(manyRows + (4 * stride), stride, ncr, nci);

            // No lane loses anything by it where another is at a top; mostly none is.
            TLanes za = a * TLanes.Broadcast(*numbers), zb = b * TLanes.Broadcast(numbers[1]), zc = c * TLanes.Broadcast(numbers[2]);
            if (TLanes.AnyLess(za * za, near) || TLanes.AnyLess(zb * zb, near) || TLanes.AnyLess(zc * zc, near))
            {
                // Copies, so that the others may stay in registers.
                TLanes ta = a, tb = b, tc = c, tna = na, tnb = nb, tnc = nc;
                AtTop(ref ta, ref tna, numbers);
                AtTop(ref tb, ref tnb, numbers + 1);
                AtTop(ref tc, ref tnc, numbers + 2);
                (a, b, c, na, nb, nc) = (ta, tb, tc, tna, tnb, tnc);
            }

            var f = na * nb * nc / (a * b * c);
            TLanes.Store(TLanes.MultiplyAdd(f, f, TLanes.Load(sums)), sums);
            ar += TLanes.Load(steps);
            ai += TLanes.Load(steps + TLanes.Count);
            br += TLanes.Load(steps + (2 * TLanes.Count));
            bi += TLanes.Load(steps + (3 * TLanes.Count));
            cr += TLanes.Load(steps + (4 * TLanes.Count));
            ci += TLanes.Load(steps + (5 * TLanes.Count));
            nar += TLanes.Load(manySteps);
            nai += TLanes.Load(manySteps + TLanes.Count);
            nbr += TLanes.Load(manySteps + (2 * TLanes.Count));
            nbi += TLanes.Load(manySteps + (3 * TLanes.Count));
            ncr += TLanes.Load(manySteps + (4 * TLanes.Count));
            nci += TLanes.Load(manySteps + (5 * TLanes.Count));
            if ((row & 1) != 0)
            {
                ToNextPair(steps);
                ToNextPair(manySteps);
            }

            rows++;
            manyRows++;
            sums += width;
        }
    }

    /// <summary>Moves the first and second differences on, from the first up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ToNextPair(T* steps)
    {
        for (var end = steps + (12 * TLanes.Count); steps < end; steps += TLanes.Count)
        {
            TLanes.Store(TLanes.Load(steps) + TLanes.Load(steps + (6 * TLanes.Count)), steps);
        }
    }

    /// <summary>The imaginary part of a row's phase factor times the columns' (which is doubled).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Sine(T* row, int stride, TLanes re, TLanes im) =>
        TLanes.MultiplySubtract(TLanes.Broadcast(row), im, TLanes.Broadcast(row + stride) * re);

    /// <summary>Replaces both sines next to a peak's top by N times sin z / z and by sin x / x, with x = πh less a whole number and z = N x.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void AtTop(ref TLanes sine, ref TLanes ofMany, double* number)
    {
        TLanes one = TLanes.Broadcast(1.0), n = TLanes.Broadcast(*number);
        var s2 = TLanes.Broadcast(0.25) * sine * sine;
        var x2 = s2 * TLanes.MultiplyAdd(TLanes.MultiplyAdd(TLanes.Broadcast(8.0 / 45.0), s2, TLanes.Broadcast(1.0 / 3.0)), s2, one);
        var z2 = n * n * x2;
        var top = TLanes.MultiplyAdd(TLanes.Broadcast(1.0 / 362880.0), z2, TLanes.Broadcast(-1.0 / 5040.0));
        top = TLanes.MultiplyAdd(TLanes.MultiplyAdd(TLanes.MultiplyAdd(top, z2, TLanes.Broadcast(1.0 / 120.0)), z2, TLanes.Broadcast(-1.0 / 6.0)), z2, one);
        var bottom = TLanes.MultiplyAdd(TLanes.MultiplyAdd(x2, TLanes.Broadcast(1.0 / 120.0), TLanes.Broadcast(-1.0 / 6.0)), x2, one);
        var limit = TLanes.Broadcast(NearTop);
        ofMany = TLanes.SelectLess(z2, limit, n * top, ofMany);
        sine = TLanes.SelectLess(z2, limit, bottom, sine);
    }
}
