using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmsCampaign.Messages;
using SmsCampaign.Storage.Run;

namespace SmsCampaign.Office;

/// <summary>The uncertain messages of a run as they stood at one look, and by lane and cause.</summary>
sealed class UncertainReading
{
    /// <summary>Characters of a hash that are kept: 64 bits.</summary>
    const int Kept = 16;

    readonly IReadOnlyDictionary<UncertainMark, IReadOnlyList<long>> _sets;

    UncertainReading(UncertainList list, IReadOnlyDictionary<UncertainMark, IReadOnlyList<long>> sets) =>
        (List, _sets) = (list, sets);

    public UncertainList List { get; }

    /// <summary>All of them, in sending order.</summary>
    public IReadOnlyList<long> All => _sets[List.Mark];

    /// <summary>The messages of a mark.</summary>
    /// <returns>Null where they are others by now.</returns>
    public IReadOnlyList<long>? Find(UncertainMark mark) => _sets.GetValueOrDefault(mark);

    /// <param name="messages">In sending order. Read once, and kept by number alone but for the first.</param>
    /// <param name="most">Kept in full; more are only counted.</param>
    public static UncertainReading Of(IEnumerable<UncertainMessage> messages, int most)
    {
        var (first, all) = (new List<UncertainMessage>(), new Set());
        var groups = new Dictionary<(string Lane, Reason Why, string? Code), Set>();
        foreach (var message in messages)
        {
            if (first.Count < most)
                first.Add(message);
            all.Add(message);
            var of = (message.Lane, message.Why, message.Code);
            if (!groups.TryGetValue(of, out var group))
                groups.Add(of, group = new Set());
            group.Add(message);
        }

        var sets = new Dictionary<UncertainMark, IReadOnlyList<long>>();
        var list = new UncertainList(first, all.Messages.Count)
        {
            Mark = Mark("all", all),
            Groups =
            [
                .. groups
                    .Select(group => new UncertainGroup(
                        group.Key.Lane,
                        group.Key.Why,
                        group.Key.Code,
                        group.Value.Messages.Count,
                        group.Value.Since,
                        Mark(HashOf(group.Key.Lane, group.Key.Why, group.Key.Code), group.Value)))
                    .OrderByDescending(group => group.Messages),
            ],
        };
        return new UncertainReading(list, sets);

        UncertainMark Mark(string of, Set set)
        {
            var mark = new UncertainMark(of, set.Messages.Count, set.EndHash());
            sets[mark] = set.Messages;
            return mark;
        }
    }

    static string HashOf(string lane, Reason why, string? code) => Shorten(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{lane}\n{(int)why}\n{code}"))));

    static string Shorten(byte[] hash) => Convert.ToHexStringLower(hash)[..Kept];

    sealed class Set
    {
        readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public List<long> Messages { get; } = [];

        /// <summary>The earliest, microseconds.</summary>
        public long Since { get; private set; } = long.MaxValue;

        public void Add(UncertainMessage message)
        {
            Messages.Add(message.Seq);
            Since = Math.Min(Since, message.Since);
            _hash.AppendData(Encoding.UTF8.GetBytes(UncertainTick.Describe(message)));
        }

        /// <summary>Nothing is added from then on.</summary>
        public string EndHash()
        {
            using (_hash)
                return Shorten(_hash.GetHashAndReset());
        }
    }
}
