// Types of the page of a large network.

/** A choice: a point, a line or a link. */
interface LargeChoice {
  point?: number;
  line?: number;
  link?: number;
}

interface Filters {
  off: Map<string, Set<string>>;
  from: number;
  to: number;
  undated: boolean;
  finding: string | null;
}

interface Camera {
  x: number;
  y: number;
  scale: number;
}

type IndexBuffer = { buffer: WebGLBuffer; count: number };
type Program = { made: WebGLProgram; at: Record<string, WebGLUniformLocation | null> };
interface Gpu {
  points: Program;
  lines: Program;
  order: IndexBuffer | null;
  ends: IndexBuffer | null;
  near: { lines: IndexBuffer; points: IndexBuffer } | null;
}

type LargeHighlight = { lines: number[]; points: number[] };
type LargeLabel = { point: number; name: string; size: number; dx: number; dy: number; wide: number };
type Member = { actor: number; roles: string[] };
type HashValues = {
  isValid: boolean;
  off: Map<string, Set<string>>;
  actor?: LargeChoice;
  point?: LargeChoice;
  line?: LargeChoice;
  link?: LargeChoice;
  from?: number;
  to?: number;
  undated?: boolean;
  finding?: string;
  camera?: Camera;
  lang?: Lang;
  theme?: Theme;
};
