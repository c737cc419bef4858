// ---- reading: what an address may say, strictly, for anybody may have written it; undefined is not understood
const one = (values, read) => (values.length === 1 ? read(values[0]) : undefined);
const among = (known) => (value) => (known.includes(value) ? value : undefined);
const whole = (low, high) => (value) => (/^\d{1,6}$/.test(value) && value >= low && value <= high ? Number(value) : undefined);
const each = (read) => (values) => (values.every((value) => read(value) !== undefined) ? values.map(read) : undefined);
const figure = (value) => (/^-?\d{1,7}(\.\d{1,4})?$/.test(value) ? Number(value) : undefined);

