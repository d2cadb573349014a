using System.Runtime.CompilerServices;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>
/// Functions of six registers at once (three axes of two registers of pixels), evaluated in step: six independent chains side by side keep the
/// multiply-add units busy, which one chain after another does not, because the compiler keeps the order in which they are written.
/// </summary>
/// <typeparam name="TLanes">The register.</typeparam>
/// <typeparam name="T">Its element, which decides the degrees of the polynomials.</typeparam>
/// <remarks>
/// Coefficients: Chebyshev fits in u = r² on 0 ≤ u ≤ 1/4, computed with 40 digits (mpmath.chebyfit). Absolute errors:
/// 2 cos πr: 6e-12 (degree 6, and exact at 0), 4e-10 (degree 5); sin(πr)/r: 4e-16 (degree 7), 1.3e-8 (degree 4). In double a picture keeps 1e-8 (physics.md section 22),
/// a thousandth of which the cosine takes; two degrees more were a sixth of the time.
/// </remarks>
internal static unsafe class LockStep<TLanes, T>
    where TLanes : struct, ILanes<TLanes, T>
    where T : unmanaged
{
    /// <summary>Gets 1.5 times 2 to the number of mantissa bits: adding it leaves no room for a fraction.</summary>
    /// <remarks>Inlined by order: past the inliner's budget a call would stay in the innermost loop and send every register to the stack around it.</remarks>
    public static double Shift
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) == typeof(double) ? 6755399441055744.0 : 12582912.0;
    }

    /// <summary>
    /// The indices h, k, l less the whole ones at the tile's centre, at two registers of directions, for the orientation at <paramref name="row"/>, which is laid out as
    /// <see cref="Tile.Orientations"/> says.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Indices(
        T* row, TLanes x0, TLanes y0, TLanes z0, TLanes x1, TLanes y1, TLanes z1,
        out TLanes a0, out TLanes b0, out TLanes c0, out TLanes a1, out TLanes b1, out TLanes c1)
    {
        TLanes a = TLanes.Broadcast(row + 9), b = TLanes.Broadcast(row + 10), c = TLanes.Broadcast(row + 11);
        Project(row, x0, x1, a, b, c, a, b, c, out a0, out b0, out c0, out a1, out b1, out c1);
        Project(row + 1, y0, y1, a0, b0, c0, a1, b1, c1, out a0, out b0, out c0, out a1, out b1, out c1);
        Project(row + 2, z0, z1, a0, b0, c0, a1, b1, c1, out a0, out b0, out c0, out a1, out b1, out c1);
    }

    /// <summary>The fractions, -1/2 to 1/2, of the differences of h, k, l from those at the tile's centre.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void RelativeIndices(
        T* row, TLanes x0, TLanes y0, TLanes z0, TLanes x1, TLanes y1, TLanes z1,
        out TLanes a0, out TLanes b0, out TLanes c0, out TLanes a1, out TLanes b1, out TLanes c1)
    {
        var zero = TLanes.Broadcast(0.0);
        Project(row, x0, x1, zero, zero, zero, zero, zero, zero, out a0, out b0, out c0, out a1, out b1, out c1);
        Project(row + 1, y0, y1, a0, b0, c0, a1, b1, c1, out a0, out b0, out c0, out a1, out b1, out c1);
        Project(row + 2, z0, z1, a0, b0, c0, a1, b1, c1, out a0, out b0, out c0, out a1, out b1, out c1);
        Reduce(ref a0, ref b0, ref c0, ref a1, ref b1, ref c1);
    }

    /// <summary>N r less its nearest integer, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes ReducedProduct(TLanes n, TLanes r)
    {
        var shift = TLanes.Broadcast(Shift);
        return TLanes.MultiplySubtract(n, r, TLanes.MultiplyAdd(n, r, shift) - shift);
    }

    /// <summary>Adds one Cartesian component to the three indices of two registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Project(
        T* component, TLanes q0, TLanes q1, TLanes a0, TLanes b0, TLanes c0, TLanes a1, TLanes b1, TLanes c1,
        out TLanes h0, out TLanes k0, out TLanes l0, out TLanes h1, out TLanes k1, out TLanes l1)
    {
        TLanes a = TLanes.Broadcast(component), b = TLanes.Broadcast(component + 3), c = TLanes.Broadcast(component + 6);
        h0 = TLanes.MultiplyAdd(a, q0, a0);
        h1 = TLanes.MultiplyAdd(a, q1, a1);
        k0 = TLanes.MultiplyAdd(b, q0, b0);
        k1 = TLanes.MultiplyAdd(b, q1, b1);
        l0 = TLanes.MultiplyAdd(c, q0, c0);
        l1 = TLanes.MultiplyAdd(c, q1, c1);
    }

    /// <summary>Replaces each h by r = h - round(h), -1/2 ≤ r ≤ 1/2, exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Reduce(ref TLanes a0, ref TLanes b0, ref TLanes c0, ref TLanes a1, ref TLanes b1, ref TLanes c1)
    {
        a0 -= TLanes.Round(a0);
        b0 -= TLanes.Round(b0);
        c0 -= TLanes.Round(c0);
        a1 -= TLanes.Round(a1);
        b1 -= TLanes.Round(b1);
        c1 -= TLanes.Round(c1);
    }

    /// <summary>Replaces each r by 2 cos πr.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void TwiceCosine(ref TLanes a0, ref TLanes b0, ref TLanes c0, ref TLanes a1, ref TLanes b1, ref TLanes c1)
    {
        a0 *= a0;
        b0 *= b0;
        c0 *= c0;
        a1 *= a1;
        b1 *= b1;
        c1 *= c1;
        TLanes p0, q0, s0, p1, q1, s1;
        if (typeof(T) == typeof(double))
        {
            p0 = q0 = s0 = p1 = q1 = s1 = TLanes.Broadcast(0.0037051805089499557);
            Horner(-0.05157074957681335, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, a0, b0, c0, a1, b1, c1);
            Horner(0.47065569870377966, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, a0, b0, c0, a1, b1, c1);
            Horner(-2.6705252123106424, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, a0, b0, c0, a1, b1, c1);
            Horner(8.117424245865891, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, a0, b0, c0, a1, b1, c1);
            Horner(-9.86960440106517, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, a0, b0, c0, a1, b1, c1);
            Horner(2.0, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, a0, b0, c0, a1, b1, c1);
        }
        else
        {
            p0 = q0 = s0 = p1 = q1 = s1 = TLanes.Broadcast(-0.048791864195100888947);
            Horner(0.46987413719017302004, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, a0, b0, c0, a1, b1, c1);
            Horner(-2.6704238987811006769, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, a0, b0, c0, a1, b1, c1);
            Horner(8.1174183095262685076, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, a0, b0, c0, a1, b1, c1);
            Horner(-9.8696042738578912742, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, a0, b0, c0, a1, b1, c1);
            Horner(2.0, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, a0, b0, c0, a1, b1, c1);
        }

        (a0, b0, c0, a1, b1, c1) = (p0, q0, s0, p1, q1, s1);
    }

    /// <summary>Replaces each r by sin πr, with the relative accuracy of the element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Sine(ref TLanes a0, ref TLanes b0, ref TLanes c0, ref TLanes a1, ref TLanes b1, ref TLanes c1)
    {
        TLanes u0 = a0 * a0, v0 = b0 * b0, w0 = c0 * c0, u1 = a1 * a1, v1 = b1 * b1, w1 = c1 * c1;
        TLanes p0, q0, s0, p1, q1, s1;
        if (typeof(T) == typeof(double))
        {
            p0 = q0 = s0 = p1 = q1 = s1 = TLanes.Broadcast(-0.000021133627352052970404);
            Horner(0.00046598701580433779334, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, u0, v0, w0, u1, v1, w1);
            Horner(-0.0073703643265304156755, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, u0, v0, w0, u1, v1, w1);
            Horner(0.082145878816310426917, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, u0, v0, w0, u1, v1, w1);
            Horner(-0.59926452882522400508, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, u0, v0, w0, u1, v1, w1);
            Horner(2.5501640398618676297, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, u0, v0, w0, u1, v1, w1);
            Horner(-5.1677127800497858227, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, u0, v0, w0, u1, v1, w1);
            Horner(3.1415926535897928787, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, u0, v0, w0, u1, v1, w1);
        }
        else
        {
            p0 = q0 = s0 = p1 = q1 = s1 = TLanes.Broadcast(0.077655912276013869413);
            Horner(-0.5982904112834275349, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, u0, v0, w0, u1, v1, w1);
            Horner(2.5500773865289118653, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, u0, v0, w0, u1, v1, w1);
            Horner(-5.1677100766683144093, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, u0, v0, w0, u1, v1, w1);
            Horner(3.1415926400772032517, ref p0, ref q0, ref s0, ref p1, ref q1, ref s1, u0, v0, w0, u1, v1, w1);
        }

        a0 *= p0;
        b0 *= q0;
        c0 *= s0;
        a1 *= p1;
        b1 *= q1;
        c1 *= s1;
    }

    /// <summary><see cref="Sine"/>, where two such functions in one loop are more than the compiler takes into it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static void SineByCall(ref TLanes a0, ref TLanes b0, ref TLanes c0, ref TLanes a1, ref TLanes b1, ref TLanes c1) =>
        Sine(ref a0, ref b0, ref c0, ref a1, ref b1, ref c1);

    /// <summary>One step of Horner's scheme for six polynomials: each p becomes p·u + coefficient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Horner(
        double coefficient,
        ref TLanes p0, ref TLanes q0, ref TLanes s0, ref TLanes p1, ref TLanes q1, ref TLanes s1,
        TLanes u0, TLanes v0, TLanes w0, TLanes u1, TLanes v1, TLanes w1)
    {
        var k = TLanes.Broadcast(coefficient);
        p0 = TLanes.MultiplyAdd(p0, u0, k);
        q0 = TLanes.MultiplyAdd(q0, v0, k);
        s0 = TLanes.MultiplyAdd(s0, w0, k);
        p1 = TLanes.MultiplyAdd(p1, u1, k);
        q1 = TLanes.MultiplyAdd(q1, v1, k);
        s1 = TLanes.MultiplyAdd(s1, w1, k);
    }
}
