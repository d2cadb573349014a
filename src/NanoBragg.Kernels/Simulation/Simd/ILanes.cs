using System.Numerics;

namespace NanoBragg.Kernels.Simulation.Simd;

/// <summary>Lane-wise arithmetic of one vector register, whatever its width and element: what formulas of the lattice factor are written in.</summary>
/// <typeparam name="TSelf">The register.</typeparam>
/// <remarks>
/// Every operation is correctly rounded on every machine (a fused multiply-add is computed exactly where the hardware has none), so a picture has
/// the same bits whichever width draws it.
/// </remarks>
internal interface ILaneArithmetic<TSelf> :
    IAdditionOperators<TSelf, TSelf, TSelf>,
    ISubtractionOperators<TSelf, TSelf, TSelf>,
    IMultiplyOperators<TSelf, TSelf, TSelf>,
    IDivisionOperators<TSelf, TSelf, TSelf>
    where TSelf : struct, ILaneArithmetic<TSelf>
{
    /// <summary>Puts a constant, rounded to the element, into every lane.</summary>
    static abstract TSelf Broadcast(double value);

    /// <summary><c>a·b + c</c>, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf a, TSelf b, TSelf c);

    /// <summary><c>a·b - c</c>, rounded once.</summary>
    static abstract TSelf MultiplySubtract(TSelf a, TSelf b, TSelf c);

    /// <summary>Square root.</summary>
    static abstract TSelf Sqrt(TSelf a);

    /// <summary>The nearest whole number, of two the even one.</summary>
    static abstract TSelf Round(TSelf a);

    /// <summary>The nearest whole number that is not larger.</summary>
    static abstract TSelf Floor(TSelf a);

    /// <summary>The smaller of two numbers.</summary>
    static abstract TSelf AtMost(TSelf a, TSelf top);

    /// <summary>The value between two others that is nearest.</summary>
    static abstract TSelf Clamp(TSelf a, TSelf low, TSelf high);

    /// <summary><paramref name="yes"/> where <c>a &lt; b</c>, elsewhere <paramref name="no"/>.</summary>
    static abstract TSelf SelectLess(TSelf a, TSelf b, TSelf yes, TSelf no);

    /// <summary>Whether <c>a &lt; b</c> in any lane.</summary>
    static abstract bool AnyLess(TSelf a, TSelf b);

    /// <summary>A number less the nearest whole one, of two the even one.</summary>
    static abstract TSelf Fraction(TSelf a);

    /// <summary>Times 2 to a whole number, by the bits of the exponent.</summary>
    /// <param name="a">Numbers of which the products are ordinary ones.</param>
    /// <param name="shifted">The whole numbers, 1.5 times 2 to the number of mantissa bits added: their bits are then the last ones.</param>
    static abstract TSelf Scale(TSelf a, TSelf shifted);

    /// <summary>The larger of <c>|a|</c> and <paramref name="floor"/>, which is positive.</summary>
    static abstract TSelf MagnitudeAtLeast(TSelf a, TSelf floor);
}

/// <summary>One vector register of elements <typeparamref name="T"/> with its traffic to memory.</summary>
/// <typeparam name="TSelf">The register.</typeparam>
/// <typeparam name="T"><see langword="float"/> or <see langword="double"/>.</typeparam>
internal unsafe interface ILanes<TSelf, T> : ILaneArithmetic<TSelf>
    where TSelf : struct, ILanes<TSelf, T>
    where T : unmanaged
{
    /// <summary>Gets the elements in a register.</summary>
    static abstract int Count { get; }

    /// <summary>Gets 0, 1, 2, …</summary>
    static abstract TSelf Ascending { get; }

    /// <summary>Puts the element at <paramref name="source"/> into every lane.</summary>
    static abstract TSelf Broadcast(T* source);

    /// <summary>The first element.</summary>
    static abstract T First(TSelf a);

    /// <summary>Puts the first element into every lane.</summary>
    static abstract TSelf BroadcastFirst(TSelf a);

    /// <summary>Reads <see cref="Count"/> elements.</summary>
    static abstract TSelf Load(T* source);

    /// <summary><c>a + b</c>, where all lanes of b are the element there.</summary>
    static abstract TSelf AddBroadcast(TSelf a, T* b);

    /// <summary><c>a·b</c>, where all lanes of b are the element there.</summary>
    static abstract TSelf MultiplyBroadcast(TSelf a, T* b);

    /// <summary><c>a·b + c</c>, rounded once, where all lanes of b are the element there.</summary>
    static abstract TSelf MultiplyAddBroadcast(TSelf a, T* b, TSelf c);

    /// <summary><c>a·b + c</c>, rounded once, where all lanes of c are the element there.</summary>
    static abstract TSelf MultiplyAddBroadcast(TSelf a, TSelf b, T* c);

    /// <summary><c>a + b</c>, where b is the register there.</summary>
    static abstract TSelf AddLoaded(TSelf a, T* b);

    /// <summary><c>a·b</c>, where b is the register there.</summary>
    static abstract TSelf MultiplyLoaded(TSelf a, T* b);

    /// <summary><c>a·b + c</c>, rounded once, where b is the register there.</summary>
    static abstract TSelf MultiplyAddLoaded(TSelf a, T* b, TSelf c);

    /// <summary><c>a·b + c</c>, rounded once, where c is the register there.</summary>
    static abstract TSelf MultiplyAddLoaded(TSelf a, TSelf b, T* c);

    /// <summary>Reads <see cref="Count"/> doubles, each rounded to <typeparamref name="T"/>.</summary>
    static abstract TSelf LoadDoubles(double* source);

    /// <summary>Reads an element for each lane.</summary>
    /// <param name="table">The elements.</param>
    /// <param name="places">Where in the table, from 0; whole numbers below 2 to the number of mantissa bits.</param>
    static abstract TSelf Look(T* table, TSelf places);

    /// <summary>Gets how many elements <see cref="Pick"/> chooses from; 0 where the machine cannot.</summary>
    static abstract int Picked { get; }

    /// <summary>Reads an element for each lane from a short table, which is in registers.</summary>
    /// <param name="table"><see cref="Picked"/> elements.</param>
    /// <param name="places">Where in the table, from 0; whole numbers below <see cref="Picked"/>.</param>
    static abstract TSelf Pick(T* table, TSelf places);

    /// <summary>Writes <see cref="Count"/> elements.</summary>
    static abstract void Store(TSelf value, T* target);

    /// <summary>Writes the elements in pieces of 16 bytes.</summary>
    /// <param name="value">The elements.</param>
    /// <param name="target">Where the first piece goes.</param>
    /// <param name="stride">From one to the next.</param>
    static abstract void StorePieces(TSelf value, T* target, nint stride);

    /// <summary>
    /// Writes four rows by blocks: pieces of 16 bytes that lie below one another, as many as a register has, become a register, from left to right; then the next rows' ones.
    /// </summary>
    /// <param name="row0">The first row.</param>
    /// <param name="row1">The second.</param>
    /// <param name="row2">The third.</param>
    /// <param name="row3">The fourth.</param>
    /// <param name="target">Where the first block goes.</param>
    /// <param name="stride">From one to the next.</param>
    static abstract void StoreBlocks(TSelf row0, TSelf row1, TSelf row2, TSelf row3, T* target, nint stride);

    /// <summary>Adds the lanes, widened, to <see cref="Count"/> doubles.</summary>
    static abstract void AddToDoubles(TSelf value, double* sums);
}
