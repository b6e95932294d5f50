using System.Buffers;
using System.Text;
using System.Text.Json;

namespace SmsCampaign.Simulator;

/// <param name="Phone">0 where the call gave none that could be a Vietnamese mobile number.</param>
/// <param name="Parts">As the sender counted; where it did not, by <see cref="OwnParts"/>.</param>
/// <param name="OwnParts">By 160/153 characters for ASCII, else 70/67 UTF-16 units (3GPP TS 23.040, 9.2.3.24).</param>
readonly record struct IncomingMessage(string Reference, long Phone, int Parts, int OwnParts);

/// <summary>
/// Reads the simulator's dialect: <c>{"reference", "to", "from", "text", "encoding", "parts"}</c>, or
/// <c>{"messages": [ … ]}</c> with a list of them.
/// </summary>
sealed class IncomingCall
{
    // Almost every message of a run has the same text; counting it again would only cost time.
    static volatile CountedText Last = new([], 0);

    public List<IncomingMessage> Messages { get; } = [];

    public bool IsList { get; private set; }

    /// <exception cref="JsonException">It is not that.</exception>
    public static IncomingCall Read(ReadOnlySequence<byte> body)
    {
        try
        {
            var call = new IncomingCall();
            var reader = new Utf8JsonReader(body);
            reader.Read();
            call.ReadMessage(ref reader, outermost: true);
            return call;
        }
        catch (InvalidOperationException e)
        {
            throw new JsonException("not the kind of value expected", e);
        }
    }

    void ReadMessage(ref Utf8JsonReader reader, bool outermost)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("an object was expected");

        string? reference = null;
        long phone = 0;
        int parts = 0, ownParts = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("reference"u8))
                reference = Next(ref reader).GetString();
            else if (reader.ValueTextEquals("to"u8))
                phone = ReadPhone(ref reader);
            else if (reader.ValueTextEquals("text"u8))
                ownParts = ReadText(ref reader);
            else if (reader.ValueTextEquals("parts"u8))
                parts = Next(ref reader).GetInt32();
            else if (outermost && reader.ValueTextEquals("messages"u8))
                ReadList(ref reader);
            else
                Next(ref reader).Skip();
        }

        if (IsList && outermost)
            return;

        if (reference is null || ownParts == 0)
            throw new JsonException("reference and text are required");

        Messages.Add(new IncomingMessage(reference, phone, parts > 0 ? parts : ownParts, ownParts));
    }

    void ReadList(ref Utf8JsonReader reader)
    {
        IsList = true;
        if (Next(ref reader).TokenType != JsonTokenType.StartArray)
            throw new JsonException("a list was expected");

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            ReadMessage(ref reader, outermost: false);
    }

    static long ReadPhone(ref Utf8JsonReader reader)
    {
        var digits = Next(ref reader).GetString();
        return digits is { Length: 11 } && long.TryParse(digits, out var phone) && phone / 1_000_000_000 == 84
            ? phone
            : 0;
    }

    static int ReadText(ref Utf8JsonReader reader)
    {
        Next(ref reader);
        var last = Last;
        if (!reader.HasValueSequence && reader.ValueSpan.SequenceEqual(last.Json))
            return last.Parts;

        var text = reader.GetString() ?? "";
        var parts = PartsOf(text);
        if (!reader.HasValueSequence)
            Last = new CountedText(reader.ValueSpan.ToArray(), parts);

        return parts;
    }

    public static int PartsOf(string text) => Ascii.IsValid(text) ? PartsOf(text, 160, 153) : PartsOf(text, 70, 67);

    static int PartsOf(string text, int single, int each) =>
        text.Length == 0 ? 0 : text.Length <= single ? 1 : (text.Length + each - 1) / each;

    static ref Utf8JsonReader Next(ref Utf8JsonReader reader)
    {
        reader.Read();
        return ref reader;
    }

    sealed record CountedText(byte[] Json, int Parts);
}
