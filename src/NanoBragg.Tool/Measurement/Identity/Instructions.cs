using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;

namespace NanoBragg.Tool.Measurement.Identity;

/// <summary>Takes intermediate language apart, as far as is needed to find the metadata tokens in it.</summary>
internal static class Instructions
{
    private const byte TwoByteLead = 0xFE;

    private static readonly (OperandType[] OneByte, OperandType[] TwoBytes) Operands = ReadOperands();

    /// <summary>Writes code with a name in the place of each token.</summary>
    /// <param name="code">The code.</param>
    /// <param name="text">Where to.</param>
    /// <param name="nameOf">Gives the name of a token.</param>
    public static void Write(BlobReader code, BinaryWriter text, Func<int, string> nameOf)
    {
        while (code.RemainingBytes > 0)
        {
            var first = code.ReadByte();
            text.Write(first);
            OperandType operand;
            if (first == TwoByteLead)
            {
                var second = code.ReadByte();
                text.Write(second);
                operand = Operands.TwoBytes[second];
            }
            else
            {
                operand = Operands.OneByte[first];
            }

            switch (operand)
            {
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineSig or OperandType.InlineString or OperandType.InlineTok or OperandType.InlineType:
                    text.Write(nameOf(code.ReadInt32()));
                    break;
                case OperandType.InlineSwitch:
                    var targets = code.ReadInt32();
                    text.Write(targets);
                    text.Write(code.ReadBytes(4 * targets));
                    break;
                default:
                    text.Write(code.ReadBytes(SizeOf(operand)));
                    break;
            }
        }
    }

    private static int SizeOf(OperandType operand) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        _ => 4,
    };

    private static (OperandType[] OneByte, OperandType[] TwoBytes) ReadOperands()
    {
        // What is no instruction has no operand.
        var (one, two) = (Enumerable.Repeat(OperandType.InlineNone, 256).ToArray(), Enumerable.Repeat(OperandType.InlineNone, 256).ToArray());
        foreach (var field in typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static))
        {
            var code = (OpCode)field.GetValue(null)!;
            (code.Size == 1 ? one : two)[code.Value & 0xFF] = code.OperandType;
        }

        return (one, two);
    }
}
